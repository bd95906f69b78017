import CarafeHTTP

extension FuzzEntry {
    /// Cookie.
    static let cookies = FuzzEntry(
        text: "cookies", seeds: ["a=b; c=d", "a=\"b\\073\\\"c\"; =d; e; ;;f=", "$Version=1; a=b"]
    ) { text in
        guard let cookies = try? Parameters(cookies: text) else { return nil }
        return cookies.map { $0 }.count <= 100 ? nil : "more cookies than the limit"
    }

    /// Set-Cookie: what is read and written again is read the same.
    static let setCookies = FuzzEntry(
        text: "set-cookies",
        seeds: [
            "a=b", "a=\"b\\073\"; Path=/; Domain=a.b; Max-Age=5; Secure; HttpOnly; SameSite=Lax",
            "a=b; Expires=Sun, 06 Nov 1994 08:49:37 GMT; Partitioned; x",
        ]
    ) { text in
        guard let cookie = SetCookie(parsing: text), let value = try? cookie.fieldValue() else { return nil }
        guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return "writes a control: \(value)" }
        guard let again = SetCookie(parsing: value) else { return "does not read its own \(value)" }
        return (again.name, again.value) == (cookie.name, cookie.value) ? nil : "reads its own \(value) differently"
    }
}
