#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the machine can do at the same time.
package enum Processors {
  /// The processors that this system has in use, at least 1.
  package static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
