import Testing

@testable import carafe_tool

@Suite("The strength of secret keys")
struct SecretStrengthTests {
    @Test(
        "keys that can be guessed are told apart by why",
        arguments: [
            ("", "is empty"), ("dev", "everybody knows"), ("Change-Me!", "everybody knows"),
            ("192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf", "everybody knows"),
            ("A0Zr98j/3yX R~XHH!jmN]LWX/,?RT", "everybody knows"), ("django-insecure-8d7f98s7df98", "insecure"),
            ("x8!kQ2", "6 bytes"), ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "repeats itself"),
            ("abababababababababab1212", "repeats itself"), ("this-is-a-very-long-secret-sentence", "words"),
            ("correct horse battery staple", "words"),
        ])
    func weak(key: String, reason: String) throws {
        #expect(try #require(SecretStrength.weakness(of: key)).contains(reason))
    }

    @Test(
        "random keys in every usual writing are strong",
        arguments: [
            "5f2b7e1a9c0d4e8f5f2b7e1a9c0d4e8fa1b2c3d4e5f60718293a4b5c6d7e8f90", "3f9a0c7be1d24568a3bfc09de7124f6b",
            "Zk3vT9qLx2Rw8YpBn5Hs7JdC4MfG6aUe", "b'\\x93\\x1f\\xa0\\x8c\\x02\\xfe\\x7d\\x44\\x19'",
            "9f3K-_x2Lq8Zr7Tn4Vb6Yc1M",
        ])
    func strong(key: String) { #expect(SecretStrength.weakness(of: key) == nil) }
}
