/// Where code comes from, for errors to say.
final class CodeOrigin: Sendable {
    let template: String?
    let filename: String?
    let source: String
    /// What the code is: `top-level template code`, `block 'title'`, `macro 'input'`.
    let function: String
    /// The names of its frames' slots, where errors keep what could be seen.
    let slotNames: [(name: String, slot: Int)]

    init(
        template: String?, filename: String?, source: String, function: String,
        slotNames: [(name: String, slot: Int)] = []
    ) {
        self.template = template
        self.filename = filename
        self.source = source
        self.function = function
        self.slotNames = slotNames
    }

    /// Other code of the same template.
    func function(_ function: String, slotNames: [(name: String, slot: Int)]) -> CodeOrigin {
        CodeOrigin(
            template: template, filename: filename, source: source, function: function, slotNames: slotNames)
    }
}

/// An error on its way out of a render, which gathers the places that it passes.
final class RenderFailure: Error {
    private(set) var error: TemplateError
    private var lastFrame: TemplateContext?

    init(_ error: any Error) {
        switch error {
        case let error as TemplateError: self.error = error
        case let other:
            self.error = TemplateError(TemplateError.Kind("\(type(of: other))"), "\(other)")
            self.error.underlying = other
        }
    }

    /// Notes that the error came out of a statement of `frame` on `line`. The innermost statement of each frame counts.
    func pass(_ frame: TemplateContext, line: Int) {
        guard lastFrame !== frame else { return }
        lastFrame = frame
        let code = frame.code
        var step = TemplateError.Frame(
            template: code.template, filename: code.filename, line: line, function: code.function)
        if frame.environment.options.keepsScopes { step.scope = TemplateScope(frame) }
        error.trace.append(step)
        if error.line == nil {
            error.line = line
            error.template = code.template
            error.filename = code.filename
            error.sourceLine = SourceLines.line(line, of: code.source)
        }
    }

    /// Runs `body` and lets the program see what it throws as ``TemplateError``.
    static func reporting<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let failure as RenderFailure {
            if let cancellation = failure.error.underlying as? CancellationError { throw cancellation }
            throw failure.reported
        }
    }

    /// The error for the program, its trace from the outside in.
    var reported: TemplateError {
        var error = error
        error.trace.reverse()
        return error
    }
}

// It is changed only by the thread that throws it, before it leaves the render.
extension RenderFailure: @unchecked Sendable {}

extension TemplateContext {
    /// The error with the place that it passes.
    func located(_ error: any Error, line: Int) -> any Error {
        let failure = error as? RenderFailure ?? RenderFailure(error)
        failure.pass(self, line: line)
        return failure
    }
}

/// The lines of a template's source.
enum SourceLines {
    /// Line `number`, counted from 1, without its end; nil where there is none.
    static func line(_ number: Int, of source: String) -> String? {
        var current = 1
        var bytes: [UInt8] = []
        var previous: UInt8 = 0
        for byte in source.utf8 {
            let endsLine = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n") && previous == UInt8(ascii: "\r") {
                previous = byte
                continue
            }
            previous = byte
            if endsLine {
                if current == number { break }
                current += 1
            } else if current == number {
                bytes.append(byte)
            }
        }
        return current >= number ? String(decoding: bytes, as: UTF8.self) : nil
    }
}
