import TestSupport
import Testing

@testable import CarafeTemplates

@Suite("Operations on values")
struct ValueExpressionTests {
    @Test("each operation that was recorded has Python's result or error")
    func recorded() throws {
        let expressions = try ValueExpression.recorded()
        #expect(expressions.count >= 2500)
        Self.check(expressions)
    }

    @Test("random operations have Python's results and errors", .enabled(if: ValueExpression.hasPython))
    func random() throws {
        let expressions = try ValueExpression.random(seed: TestSeed.value &+ 1000, count: 2000)
        #expect(expressions.count == 2000)
        Self.check(expressions)
    }

    private static func check(_ expressions: [ValueExpression]) {
        for expression in expressions {
            let answer = expression.answer
            #expect(isSameText(answer, expression.expected), "\(expression)")
        }
    }
}
