/// Sorts as Python does: equal elements keep their order, and an error that comparing throws ends it.
///
/// Up to 64 elements are compared in CPython's order exactly, so that a list of different types fails with the same pair of
/// them in the message.
struct StableSort {
    private let precedes: (Int, Int) throws -> Bool

    /// The numbers from 0 up to `count`, sorted.
    ///
    /// - Parameters:
    ///   - isReversed: gives the order backwards, equal elements still in their own order
    ///   - precedes: whether the element of the first number is less than that of the second
    static func order(
        count: Int, isReversed: Bool = false, _ precedes: (Int, Int) throws -> Bool
    ) throws -> [Int] {
        try withoutActuallyEscaping(precedes) { precedes in
            var numbers = Array(0..<count)
            if isReversed { numbers.reverse() }
            try StableSort(precedes: precedes).sort(&numbers)
            if isReversed { numbers.reverse() }
            return numbers
        }
    }

    private func sort(_ numbers: inout [Int]) throws {
        guard numbers.count > 1 else { return }
        if numbers.count < 64 {
            let end = try endOfRun(&numbers, from: 0)
            return try insert(&numbers, sorted: 0..<end, upTo: numbers.count)
        }
        let shortest = Self.shortestRun(numbers.count)
        var runs: [Range<Int>] = []
        var start = 0
        while start < numbers.count {
            var end = try endOfRun(&numbers, from: start)
            if end - start < shortest {
                let forced = min(start + shortest, numbers.count)
                try insert(&numbers, sorted: start..<end, upTo: forced)
                end = forced
            }
            runs.append(start..<end)
            start = end
        }
        try merge(&numbers, runs)
    }

    /// As many elements as are better inserted one by one than merged: between 32 and 64.
    private static func shortestRun(_ count: Int) -> Int {
        var (count, rest) = (count, 0)
        while count >= 64 {
            rest |= count & 1
            count >>= 1
        }
        return count + rest
    }

    /// Where the elements that are in order from `start` on end; those that descend are turned around.
    private func endOfRun(_ numbers: inout [Int], from start: Int) throws -> Int {
        var end = start + 1
        guard end < numbers.count else { return end }
        let descends = try precedes(numbers[end], numbers[end - 1])
        end += 1
        while end < numbers.count, try precedes(numbers[end], numbers[end - 1]) == descends { end += 1 }
        if descends { numbers[start..<end].reverse() }
        return end
    }

    private func insert(_ numbers: inout [Int], sorted: Range<Int>, upTo end: Int) throws {
        for position in sorted.upperBound..<end {
            let number = numbers[position]
            var (low, high) = (sorted.lowerBound, position)
            while low < high {
                let middle = low + (high - low) / 2
                if try precedes(number, numbers[middle]) { high = middle } else { low = middle + 1 }
            }
            var hole = position
            while hole > low {
                numbers[hole] = numbers[hole - 1]
                hole -= 1
            }
            numbers[low] = number
        }
    }

    /// Merges neighbouring runs until one is left.
    private func merge(_ numbers: inout [Int], _ runs: [Range<Int>]) throws {
        var (runs, merged) = (runs, numbers)
        while runs.count > 1 {
            var longer: [Range<Int>] = []
            for index in stride(from: 0, to: runs.count, by: 2) {
                let right = index + 1 < runs.count ? runs[index + 1] : runs[index].upperBound..<runs[index].upperBound
                try merge(numbers, runs[index], right, into: &merged)
                longer.append(runs[index].lowerBound..<right.upperBound)
            }
            swap(&numbers, &merged)
            runs = longer
        }
    }

    private func merge(
        _ numbers: [Int], _ leftRun: Range<Int>, _ rightRun: Range<Int>, into merged: inout [Int]
    ) throws {
        var (left, right) = (leftRun.lowerBound, rightRun.lowerBound)
        for position in leftRun.lowerBound..<rightRun.upperBound {
            let takesRight: Bool
            if left == leftRun.upperBound {
                takesRight = true
            } else if right == rightRun.upperBound {
                takesRight = false
            } else {
                takesRight = try precedes(numbers[right], numbers[left])
            }
            merged[position] = takesRight ? numbers[right] : numbers[left]
            if takesRight { right += 1 } else { left += 1 }
        }
    }
}
