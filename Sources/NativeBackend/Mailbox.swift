import IndexStorage

/// Messages from any thread to one that waits for them.
///
/// Not an `AsyncStream`: its reader gets nothing any more once its task is cancelled, and then is when the work handed out has to be
/// waited for. A message always passes through the lock, even to a reader that waits for it: a continuation alone hands over memory
/// in a way that the thread sanitizer does not always see.
final class Mailbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Guarded(State())

  /// Adds a message.
  func post(_ message: Message) {
    let reader = state.withValue { state in
      state.messages.append(message)
      return state.reader.take()
    }
    reader?.resume()
  }

  /// The oldest message, or nil where there is none at the moment.
  func takeIfAny() -> Message? {
    state.withValue { $0.messages.isEmpty ? nil : $0.messages.removeFirst() }
  }

  /// The oldest message, waited for even by a cancelled task. One reader at a time.
  func take() async -> Message {
    await withCheckedContinuation { continuation in
      let isThere = state.withValue { state in
        precondition(state.reader == nil, "one reader at a time")
        if state.messages.isEmpty { state.reader = continuation }
        return !state.messages.isEmpty
      }
      if isThere { continuation.resume() }
    }
    guard let message = takeIfAny() else { preconditionFailure("a reader is woken by a message") }
    return message
  }
}
