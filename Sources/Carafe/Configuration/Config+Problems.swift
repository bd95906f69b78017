extension Config {
    /// What is wrong with the values that Carafe itself reads, to report all of it at the start.
    package func problems() -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check<T>(_ keys: [String], _ read: (String) throws(ConfigurationProblem) -> T?) {
            for key in keys {
                do throws(ConfigurationProblem) { _ = try read(key) } catch { problems.append(error) }
            }
        }
        check(
            [
                "SECRET_KEY", "SESSION_COOKIE_NAME", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "SERVER_NAME",
                "APPLICATION_ROOT", "PREFERRED_URL_SCHEME",
            ], string)
        check(
            [
                "PERMANENT_SESSION_LIFETIME", "MAX_CONTENT_LENGTH", "MAX_FORM_MEMORY_SIZE", "MAX_FORM_PARTS",
                "MAX_COOKIE_SIZE", "SEND_FILE_MAX_AGE_DEFAULT",
            ], size)
        check(
            [
                "DEBUG", "SESSION_REFRESH_EACH_REQUEST", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE",
                "SESSION_COOKIE_PARTITIONED", "PROVIDE_AUTOMATIC_OPTIONS", "JSON_SORT_KEYS",
                "TEMPLATES_AUTO_RELOAD", "EXPLAIN_TEMPLATE_LOADING",
            ], bool)
        check(["SECRET_KEY_FALLBACKS", "TRUSTED_HOSTS"], strings)
        check(["SESSION_COOKIE_SAMESITE"]) { key throws(ConfigurationProblem) in
            try choice(key, of: ["Lax", "Strict", "None"])
        }
        check(["HEALTH_PORT"]) { key throws(ConfigurationProblem) in
            guard let port = try int(key), !(0...65535).contains(port) else { return nil as Int? }
            throw ConfigurationProblem("\(key) is \(port).", hint: "Give it a port: 0 to 65535.")
        }
        check(["LOG_FORMAT"]) { key throws(ConfigurationProblem) in try choice(key, of: ["text", "json"]) }
        check(["ACCESS_LOG"]) { key throws(ConfigurationProblem) in
            if let format = accessLog { return _ = try AccessLog(format) }
            return _ = try choice(key, of: ["common", "combined", "json", "off"])
        }
        return problems
    }

    /// A whole number that cannot be negative.
    private func size(_ key: String) throws(ConfigurationProblem) -> Int? {
        guard let number = try int(key), number < 0 else { return nil }
        throw ConfigurationProblem("\(key) is \(number).", hint: "Give it 0 or more.")
    }

    /// One of some words, in whatever case.
    private func choice(_ key: String, of words: [String]) throws(ConfigurationProblem) -> String? {
        guard let word = try string(key), !words.contains(where: { $0.lowercased() == word.lowercased() }) else {
            return nil
        }
        throw ConfigurationProblem(
            "\(key) is '\(word)'.",
            hint: "Use \(words.dropLast().joined(separator: ", ")) or \(words.last ?? "").")
    }
}
