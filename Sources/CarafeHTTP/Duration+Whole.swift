extension Duration {
    /// The duration in whole milliseconds: none of them negative, and a hundred years' at most, so that nothing overflows that
    /// is reckoned with them.
    package var milliseconds: Int64 { whole(1_000) }

    /// The same in microseconds.
    package var microseconds: Int64 { whole(1_000_000) }

    private func whole(_ partsOfSecond: Int64) -> Int64 {
        let (seconds, attoseconds) = components
        let century: Int64 = 3_155_760_000
        return max(0, min(seconds, century) * partsOfSecond + attoseconds / (1_000_000_000_000_000_000 / partsOfSecond))
    }
}
