import IndexStorage

/// Messages from any thread to one that waits for them.
///
/// Not an `AsyncStream`: its reader gets nothing any more once its task is cancelled, and then is when the work handed out has to be
/// waited for.
final class Mailbox<Message: Sendable>: Sendable {
  private struct State {
    var messages: [Message] = []
    var reader: CheckedContinuation<Message, Never>?
  }

  private let state = Guarded(State())

  /// Adds a message.
  func post(_ message: Message) {
    let reader = state.withValue { state -> CheckedContinuation<Message, Never>? in
      guard let reader = state.reader else {
        state.messages.append(message)
        return nil
      }
      state.reader = nil
      return reader
    }
    reader?.resume(returning: message)
  }

  /// The oldest message, or nil where there is none at the moment.
  func takeIfAny() -> Message? {
    state.withValue { $0.messages.isEmpty ? nil : $0.messages.removeFirst() }
  }

  /// The oldest message, waited for even by a cancelled task. One reader at a time.
  func take() async -> Message {
    await withCheckedContinuation { continuation in
      let message = state.withValue { state -> Message? in
        if !state.messages.isEmpty { return state.messages.removeFirst() }
        precondition(state.reader == nil, "one reader at a time")
        state.reader = continuation
        return nil
      }
      if let message { continuation.resume(returning: message) }
    }
  }
}
