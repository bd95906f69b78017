import Carafe

extension FuzzEntry {
    /// `.env` files.
    static let dotEnv = FuzzEntry(
        text: "dot-env",
        seeds: [
            "A=b\n# c\nexport D='e'\nF=\"g\\n${A}\"\n", "A=${B}${", "A=\"b\nc\"", "A='", "=", "A = b # c", "export",
        ]
    ) { text in
        _ = try? DotEnv(parsing: text, file: ".env", environment: ["B": "${B}"]).values
        return nil
    }
}
