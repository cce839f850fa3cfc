/// How the command ends: the one list of exit codes.
enum ExitStatus: Int32, Error {
  /// Found, or done.
  case success = 0
  /// Nothing matched.
  case noMatch = 1
  /// The command line or the request is wrong.
  case usage = 2
  /// Reading or writing failed, or some records were skipped.
  case inputOutput = 3
  /// The index is damaged.
  case damaged = 4
  /// The disk is full.
  case diskFull = 5
  /// The index was made by a newer version, or by an older one whose format is read no longer.
  case otherVersion = 6
  /// Another process is writing to the index.
  case locked = 7
  /// Ctrl-C, by the shells' convention: 128 + SIGINT.
  case interrupted = 130
}
