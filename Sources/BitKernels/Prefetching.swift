/// Lines of memory that loops ask for ahead of their use.
///
/// What they look up lies all over a segment, in memory that other queries have pushed out of the processor's cache: to wait for
/// each line would take most of the time. The processor runs ahead by itself, but not as far as there are lines to fetch at once.
let linesAhead = 16
