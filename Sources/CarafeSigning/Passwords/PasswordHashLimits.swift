/// What a password hash may cost, so that no row of a user table, however it came there, exhausts the machine.
///
/// A stored hash over a limit is never computed: it verifies no password.
public struct PasswordHashLimits: Hashable, Sendable {
    /// The most memory that one scrypt may take, in bytes; 132 MiB, which the strongest setting that OWASP recommends
    /// (`scrypt:131072:8:1`) needs.
    public var maximumMemory: Int
    /// The most work that one scrypt may do: cost · block size · parallelism; 2²⁰, four times the default's.
    public var maximumWork: Int
    /// The most iterations of PBKDF2; 5,000,000, five times the default's.
    public var maximumIterations: Int

    /// Limits.
    public init(
        maximumMemory: Int = 132 << 20, maximumWork: Int = 1 << 20, maximumIterations: Int = 5_000_000
    ) {
        self.maximumMemory = maximumMemory
        self.maximumWork = maximumWork
        self.maximumIterations = maximumIterations
    }

    /// Whether a hash of that method stays within the limits.
    func admit(_ method: PasswordMethod) -> Bool {
        switch method {
        case .pbkdf2(_, let iterations):
            return iterations >= 1 && iterations <= min(maximumIterations, Int(UInt32.max))
        case .scrypt(let cost, let blockSize, let parallelism):
            guard cost >= 2, cost & (cost - 1) == 0, blockSize >= 1, parallelism >= 1 else { return false }
            guard let work = Self.product(cost, blockSize, parallelism), work <= maximumWork else { return false }
            // Blocks of 128 · blockSize bytes: one for each step of the cost, one for each lane, and one to work in. Where
            // the product is within `Int`, so is the sum.
            guard let memory = Self.product(cost + parallelism + 1, blockSize, 128) else { return false }
            return memory <= maximumMemory
        }
    }

    private static func product(_ factors: Int...) -> Int? {
        var product = 1
        for factor in factors {
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            guard !overflow else { return nil }
            product = next
        }
        return product
    }
}
