/// What is told of a migration that failed.
enum MigrationFailure {
    /// The error of a statement, with its number, file and line.
    static func error(
        _ cause: DatabaseError, at statement: MigrationStatement, of step: MigrationStep, isUndone: Bool
    ) -> DatabaseError {
        let place = "\(step.revision.file):\(line(of: cause, in: statement))"
        let rest =
            isUndone
            ? "The database is as it was before this migration."
            : statement.number == 1
                ? "It runs without a transaction; nothing of it has been done."
                : "It runs without a transaction: its first \(statement.number - 1) "
                    + (statement.number == 2 ? "statement has" : "statements have")
                    + " been done and remain, and the version is the one before it."
        var error = cause
        error.kind = .migration
        error.message =
            "\(name(step)) failed at statement \(statement.number) (\(place)): \(cause.message)"
        error.hint = (cause.hint.map { $0 + "\n  " } ?? "") + rest
        error.statement = shortened(statement.text)
        error.source = place
        return error
    }

    /// The error of what follows the last statement.
    static func error(_ cause: DatabaseError, atTheEndOf step: MigrationStep) -> DatabaseError {
        var error = cause
        error.kind = .migration
        error.message = "\(name(step)) failed at its end (\(step.revision.file)): \(cause.message)"
        error.hint = (cause.hint.map { $0 + "\n  " } ?? "") + "The database is as it was before this migration."
        return error
    }

    private static func name(_ step: MigrationStep) -> String {
        let title = step.revision.message.isEmpty ? step.revision.id : "\(step.revision.id) (\(step.revision.message))"
        return step.direction == .up ? title : "Undoing \(title)"
    }

    /// The line that the database points at, or else the statement's first.
    private static func line(of error: DatabaseError, in statement: MigrationStatement) -> Int {
        guard let position = error.position, position > 1 else { return statement.line }
        return statement.line + statement.text.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
    }

    private static func shortened(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > 1000 else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(1000))) + " …"
    }
}
