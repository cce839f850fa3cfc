// ArchiveReaders
