import CarafeSQL

/// What the five characters of an SQLSTATE mean for Carafe.
enum SQLState {
    /// Whether the connection is of no more use after this.
    static func endsConnection(_ code: String) -> Bool {
        switch code {
        case "57P01", "57P02", "57P03", "57P05", "25P03": true
        // Class 08 is about connections that the server has itself, to others.
        default: false
        }
    }

    /// The kind of an error with this code. A cancelled statement's depends on who cancelled it, which is not asked here.
    static func kind(_ code: String) -> DatabaseError.Kind {
        if endsConnection(code) { return .connectionLost }
        return codes[code] ?? classes[String(decoding: code.utf8.prefix(2), as: UTF8.self)] ?? .other
    }

    private static let codes: [String: DatabaseError.Kind] = [
        "23505": .uniqueViolation, "23503": .foreignKeyViolation, "23001": .foreignKeyViolation,
        "23502": .notNullViolation, "23514": .checkViolation, "23P01": .exclusionViolation,
        "40001": .serializationFailure, "40P01": .deadlock, "55P03": .locked, "25006": .readOnly,
        "42501": .permission, "57014": .cancelled, "54023": .statement, "54001": .statement, "08P01": .statement,
        "XX001": .corrupt, "XX002": .corrupt, "58030": .resources,
    ]

    private static let classes: [String: DatabaseError.Kind] = [
        "0A": .statement, "20": .statement, "21": .statement, "22": .value, "26": .statement, "28": .permission,
        "34": .statement, "3D": .statement, "3F": .statement, "42": .statement, "53": .resources, "54": .resources,
        "2B": .statement,
    ]
}
