@testable import BitKernels

/// A block that begins with these values; the others are 0.
func block(_ values: [UInt32]) -> IntegerBlock {
  var block = IntegerBlock.zeros
  for (index, value) in values.enumerated() { block[index] = value }
  return block
}

/// The first values of a block.
func values(_ block: borrowing IntegerBlock, _ count: Int) -> [UInt32] {
  let span = block.span
  return (0..<count).map { span[$0] }
}

/// The bytes as an array.
func bytes(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

/// Numbers of at most `width` bits.
func random(_ count: Int, width: Int, _ generator: inout Generator) -> [UInt32] {
  (0..<count).map { _ in UInt32(truncatingIfNeeded: UInt64.random(in: 0..<1 << UInt64(width), using: &generator)) }
}
