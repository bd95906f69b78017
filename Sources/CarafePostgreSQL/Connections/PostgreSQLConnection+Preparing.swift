import CPostgreSQL
import CarafeSQL

extension PostgreSQLConnection {
    /// The statement prepared for the values in `parameters`; nil where preparing it does not pay.
    ///
    /// The server infers the types of values from the statement. Where it finds nothing to infer them from, it takes a value for
    /// text (`SELECT $1`) or refuses (`$1 IS NULL`): there the values' own types decide, and there is a prepared statement for each
    /// combination of them that is met.
    func preparedStatement(_ text: String) throws(DatabaseError) -> PreparedStatement? {
        var inferred: PreparedStatement?
        if !parameters.hasIntervals {
            if let found = prepared.find(text) {
                inferred = found
            } else {
                guard StatementText.isWorthPreparing(text, parameters: parameters.count) else { return nil }
                inferred = try prepareInferring(text)
            }
            if let inferred, isEnough(inferred) { return inferred }
        }
        // Forced types go with the statement where it is not worth preparing.
        guard parameters.count <= 1_000 else { return nil }
        return try prepareTyped(text, inferred)
    }

    /// Whether the values are such as the server expects them.
    private func isEnough(_ statement: PreparedStatement) -> Bool {
        guard statement.name != nil else { return false }
        guard !statement.openParameters.isEmpty else { return true }
        return statement.openParameters.allSatisfy { index in
            index >= parameters.count || parameters.types[index] == nil || parameters.types[index] == .text
        }
    }

    private func prepareInferring(_ text: String) throws(DatabaseError) -> PreparedStatement {
        let isGuarded = stateBefore == .open && parameters.count > 0
        let attempt = try attempt(text, types: nil, isGuarded: isGuarded)
        switch attempt {
        case .prepared(let statement):
            prepared.insert(statement, for: text)
            return statement
        case .refused(let error):
            guard let open = undetermined(by: error) else { throw error }
            if isGuarded { try rollBackAttempt() }
            return PreparedStatement(text: text, name: nil, openParameters: open, columns: nil)
        }
    }

    /// The parameters that the server could not infer the type of; nil where the error is another.
    private func undetermined(by error: DatabaseError) -> [Int]? {
        switch error.code {
        case "42P18":
            // "could not determine data type of parameter $2", in the server's language.
            let digits = error.message.utf8.drop { $0 != UInt8(ascii: "$") }.dropFirst().prefix {
                $0 >= 0x30 && $0 <= 0x39
            }
            guard let number = Int(digits.text), (1...max(1, parameters.count)).contains(number) else { return nil }
            return [number - 1]
        case "42725", "42883":
            guard parameters.types.contains(where: { $0 != nil && $0 != .text }) else { return nil }
            return Array(parameters.types.indices)
        default:
            return nil
        }
    }

    private func prepareTyped(_ text: String, _ inferred: PreparedStatement?) throws(DatabaseError) -> PreparedStatement
    {
        var types = parameters.forcedTypes ?? [TypeID](repeating: .unknown, count: parameters.count)
        /// Where the server refuses, a value without a type of its own is text; where it took text, it stays so.
        func declare(_ open: [Int], isRefused: Bool) {
            for index in open where index < types.count && types[index] == .unknown {
                types[index] = parameters.types[index] ?? .unknown
                if isRefused, open.count == 1, types[index] == .unknown { types[index] = .text }
            }
        }
        if let inferred { declare(inferred.openParameters, isRefused: inferred.name == nil) }
        let key = text + "\u{1}" + parameters.types.map { String(($0 ?? .unknown).rawValue) }.joined(separator: ",")
        if let found = prepared.find(key) { return found }
        let isGuarded = stateBefore == .open
        for _ in 0...parameters.count {
            switch try attempt(text, types: types, isGuarded: isGuarded) {
            case .prepared(let statement):
                prepared.insert(statement, for: key)
                if let inferred, inferred.name == nil, prepared.find(text) == nil {
                    prepared.insert(inferred, for: text)
                }
                return statement
            case .refused(let error):
                if let inferred, inferred.name != nil {
                    // Text it is: `title = $1` with a number.
                    if isGuarded { try rollBackAttempt() }
                    prepared.insert(inferred, for: key)
                    return inferred
                }
                let before = types
                if let open = undetermined(by: error) { declare(open, isRefused: true) }
                guard types != before else { throw error }
                if isGuarded { try rollBackAttempt() }
            }
        }
        throw DatabaseError(.statement, "The types of the statement's values cannot be determined.", statement: text)
    }

    private enum Attempt {
        case prepared(PreparedStatement)
        case refused(DatabaseError)
    }

    private static let savepoint = "carafe_types"

    /// Prepares a statement in one round trip.
    ///
    /// - Parameter isGuarded: whether a failure is to be taken back by `rollBackAttempt()`, so that the transaction goes on
    private func attempt(_ text: String, types: [TypeID]?, isGuarded: Bool) throws(DatabaseError) -> Attempt {
        let name = prepared.newName()
        let leaving = prepared.makeRoom()
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        var isSent = true
        func command(_ text: String) {
            isSent = isSent && PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1
        }
        // The same statement may have been kept under several keys.
        if let leaving, let name = leaving.name, !prepared.contains(leaving) { command("DEALLOCATE \(name)") }
        if isGuarded { command("SAVEPOINT \(Self.savepoint)") }
        let ids = types?.map(\.rawValue)
        isSent = isSent && PQsendPrepare(handle, name, text, CInt(ids?.count ?? 0), ids) == 1
        isSent = isSent && PQsendDescribePrepared(handle, name) == 1
        if isGuarded { command("RELEASE \(Self.savepoint)") }
        guard isSent, PQpipelineSync(handle) == 1 else { throw lost() }
        try flush()
        var description: OpaquePointer?
        defer { PQclear(description) }
        let error = try readPipeline { result in
            // What describes a statement is the one result that has parameters or columns.
            guard PQnparams(result) > 0 || PQnfields(result) > 0 else { return PQclear(result) }
            PQclear(description)
            description = result
        }
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        if let error { return .refused(error) }
        var open: [Int] = []
        var columns = ResultColumns.none
        if let description {
            open = (0..<PQnparams(description)).filter { PQparamtype(description, $0) == TypeID.text.rawValue }.map {
                Int($0)
            }
            columns = try self.columns(of: description, isIdle: true)
        }
        return .prepared(PreparedStatement(text: text, name: name, openParameters: open, columns: columns))
    }

    private func rollBackAttempt() throws(DatabaseError) {
        _ = try ownRows("ROLLBACK TO \(Self.savepoint)")
        _ = try ownRows("RELEASE \(Self.savepoint)")
    }

    /// Reads the results of a pipeline up to its end, and returns the first error in it.
    func readPipeline(_ visit: (OpaquePointer) -> Void) throws(DatabaseError) -> DatabaseError? {
        var error: DatabaseError?
        var ends = 0
        while true {
            guard let result = try nextResult() else {
                // Each command ends with a nil; two of them are the end of a connection.
                ends += 1
                guard ends < 2 else { throw lost() }
                continue
            }
            ends = 0
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                return error
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                let failure = failure(result)
                if error == nil { error = failure }
                if isBroken { throw failure }
            default:
                visit(result)
            }
        }
    }
}
