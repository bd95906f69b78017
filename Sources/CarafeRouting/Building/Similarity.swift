/// How alike two texts are, from 0 to 1: the ratio of Python's `difflib.SequenceMatcher`, which is twice the length of
/// the blocks that match by the length of both. Of longer texts the first 199 scalars are compared, up to which
/// `difflib` looks at every one.
func similarity(of left: String, to right: String) -> Double {
    let left = Array(left.unicodeScalars.prefix(199))
    let right = Array(right.unicodeScalars.prefix(199))
    guard left.count + right.count > 0 else { return 1 }
    var matched = 0
    var pending = [(left[...], right[...])]
    while let (left, right) = pending.popLast() {
        let block = longestBlock(left, right)
        guard block.length > 0 else { continue }
        matched += block.length
        pending.append((left[..<block.left], right[..<block.right]))
        pending.append((left[(block.left + block.length)...], right[(block.right + block.length)...]))
    }
    return 2 * Double(matched) / Double(left.count + right.count)
}

/// The text among several that is most like another, if any is at all alike.
func closest(to text: String, among others: [String]) -> String? {
    others.map { (similarity(of: $0, to: text), $0) }.filter { $0.0 >= 0.6 }.max { $0.0 < $1.0 }?.1
}

/// The longest block that both have; the one that begins first in the left, then in the right.
private func longestBlock(
    _ left: ArraySlice<Unicode.Scalar>, _ right: ArraySlice<Unicode.Scalar>
) -> (left: Int, right: Int, length: Int) {
    var best = (left: left.startIndex, right: right.startIndex, length: 0)
    // For each place in the right, the length of the block that ends there and at the last place in the left.
    var lengths: [Int: Int] = [:]
    for (leftIndex, scalar) in zip(left.indices, left) {
        var next: [Int: Int] = [:]
        for (rightIndex, other) in zip(right.indices, right) where scalar == other {
            let length = (lengths[rightIndex - 1] ?? 0) + 1
            next[rightIndex] = length
            if length > best.length {
                best = (leftIndex - length + 1, rightIndex - length + 1, length)
            }
        }
        lengths = next
    }
    return best
}
