#if DEBUG
    import Carafe
    import CarafeHTTP
    import CarafeSigning
    import Synchronization

    /// Lets in who knows the PIN, and nobody after ten wrong ones.
    final class ConsoleLock: Sendable {
        /// How many wrong PINs lock the console until the app starts again.
        static let tryLimit = 10
        /// How long a browser that has given the PIN need not give it again.
        static let cookieLife = Duration.seconds(7 * 24 * 3600)
        static let cookieName = "__carafe_console"
        private static let signedText = "console"

        private let key: ConsoleKey
        private let signer: TimestampSigner?
        private let wrongTries = Mutex(0)

        init(_ key: ConsoleKey) {
            self.key = key
            signer = try? TimestampSigner(secretKeys: SecretKeys(current: key.secret), salt: "carafe.console")
        }

        /// What a PIN gives.
        enum Verdict {
            case right(cookie: SetCookie)
            case wrong(triesLeft: Int)
            case locked
        }

        func check(_ pin: String) -> Verdict {
            let digits = Array(pin.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") })
            let verdict: Verdict? = wrongTries.withLock { wrongTries in
                if wrongTries >= Self.tryLimit { return .locked }
                if constantTimeEquals(digits, Array(key.pin.utf8)) {
                    wrongTries = 0
                    return nil
                }
                wrongTries += 1
                return wrongTries == Self.tryLimit ? .locked : .wrong(triesLeft: Self.tryLimit - wrongTries)
            }
            guard let signer, verdict == nil else { return verdict ?? .locked }
            var cookie = SetCookie(Self.cookieName, signer.sign(Self.signedText))
            cookie.path = "/__carafe/"
            cookie.isHTTPOnly = true
            cookie.sameSite = .strict
            cookie.maxAge = Int(Self.cookieLife.components.seconds)
            return .right(cookie: cookie)
        }

        /// Whether a request comes from a browser that has given the PIN.
        func letsIn(_ request: Request) -> Bool {
            guard let signer, let cookie = request.cookies[Self.cookieName],
                let text = try? signer.unsign(cookie, maxAge: Self.cookieLife)
            else { return false }
            return text.utf8.elementsEqual(Self.signedText.utf8)
        }
    }
#endif
