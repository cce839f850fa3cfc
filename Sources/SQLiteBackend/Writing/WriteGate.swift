/// Lets one transaction at a time through; the others wait in the order in which they came.
actor WriteGate {
  private var isTaken = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  func enter() async {
    if isTaken {
      // Whoever leaves hands the gate on without opening it.
      await withCheckedContinuation { waiting.append($0) }
    }
    isTaken = true
  }

  func leave() {
    if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
  }
}
