import CPostgreSQL
import CarafeSQL
import Glibc

extension PostgreSQLConnection {
    /// Sends the statement with all sets of values before it waits for the first answer. Outside a transaction they are one: the
    /// server commits where the pipeline ends, and does nothing where one of them fails.
    func runBatch(_ statements: [SQL]) throws(DatabaseError) -> Int {
        guard let first = statements.first else { return 0 }
        let text = try StatementText(first, into: &parameters)
        try begin(text.text)
        defer { end() }
        var statement = settings.preparesStatements ? try preparedForBatch(text.text) : nil
        if statement?.name == nil { statement = nil }
        if StatementText.changesSession(text.text) { isSessionChanged = true }
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        var batch = Batch()
        do throws(DatabaseError) {
            for next in statements {
                guard try text.values(of: next, like: first, into: &parameters) else {
                    throw DatabaseError(
                        .statement, "The statements of a batch have different texts.", statement: text.text)
                }
                let count = CInt(parameters.count)
                let isSent = parameters.withPointers { values in
                    if let name = statement?.name {
                        PQsendQueryPrepared(handle, name, count, values, nil, nil, 0)
                    } else {
                        PQsendQueryParams(handle, text.text, count, nil, values, nil, nil, 0)
                    }
                }
                guard isSent == 1 else { throw lost() }
                batch.unread += 1
                // Answers are read while statements are sent: a server whose answers nobody reads stops reading.
                if batch.unread % 64 == 0 { try exchange(&batch) }
            }
        } catch {
            try abandonPipeline(&batch)
            throw error
        }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        try flush()
        let error = try readPipeline { batch.count($0) }
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        if let error = batch.error ?? error {
            if error.code == "26000" || error.code == "0A000", let statement { prepared.remove(statement) }
            throw error
        }
        return batch.affectedRows
    }

    private struct Batch {
        var affectedRows = 0
        var unread = 0
        var error: DatabaseError?

        mutating func count(_ result: OpaquePointer) {
            affectedRows += PostgreSQLCursor.affectedRows(of: result)
            PQclear(result)
        }
    }

    /// The statement with its values' types as the server infers them: they hold for all sets of values.
    private func preparedForBatch(_ text: String) throws(DatabaseError) -> PreparedStatement? {
        parameters.hasIntervals ? nil : try preparedStatement(text)
    }

    /// Sends what can be sent and reads what has come.
    private func exchange(_ batch: inout Batch) throws(DatabaseError) {
        try flush()
        guard PQconsumeInput(handle) == 1 else { throw lost() }
        while batch.unread > 0, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else {
                batch.unread -= 1
                continue
            }
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_ABORTED: PQclear(result)
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                let failure = failure(result)
                if batch.error == nil { batch.error = failure }
                if isBroken { throw failure }
            default: batch.count(result)
            }
        }
        // The server skips all that follows: there is no use in sending it.
        if let error = batch.error { throw error }
    }

    /// Ends a pipeline in the midst of a batch, so that the server does nothing of it.
    private func abandonPipeline(_ batch: inout Batch) throws(DatabaseError) {
        guard !isBroken else { return }
        // Without an error of the server's own, what was sent would be committed at the end of the pipeline.
        let isSent =
            batch.error != nil
            || PQsendQueryParams(handle, "carafe gives up this batch", 0, nil, nil, nil, nil, 0) == 1
        guard isSent, PQpipelineSync(handle) == 1 else { throw lost() }
        try flush()
        _ = try readPipeline { PQclear($0) }
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
    }
}
