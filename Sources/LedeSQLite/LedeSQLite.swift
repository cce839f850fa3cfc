@_exported import QueryLanguage
@_exported import SQLiteBackend
@_exported import SearchAPI
