#if DEBUG || CARAFE_TOOL
    import Carafe
    import CarafeSigning

    /// What opens the console: a PIN that the terminal tells, and a secret that signs the cookie of those who gave it.
    package struct ConsoleKey: Sendable {
        /// Nine digits.
        package let pin: String
        let secret: String

        /// A new key.
        package init() {
            var digits = String(Int.random(in: 0..<1_000_000_000))
            digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
            (pin, secret) = (digits, generateSecretKey())
        }

        /// The key that a text is; nil where it is none.
        package init?(_ text: String) {
            let parts = text.utf8.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 2, parts[0].utf8.count == 9, parts[1].utf8.count >= 32 else { return nil }
            (pin, secret) = (parts[0], parts[1])
        }

        /// The key as text, for `carafe dev` to hand down: it stays the same while the app is built again and again.
        package var text: String { "\(pin) \(secret)" }

        /// `123-456-789`
        package var shownPIN: String {
            let digits = Array(pin.utf8)
            return stride(from: 0, to: 9, by: 3).map { String(decoding: digits[$0..<$0 + 3], as: UTF8.self) }
                .joined(separator: "-")
        }
    }
#endif
