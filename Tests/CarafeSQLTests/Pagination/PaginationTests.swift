import CarafeSQL
import Foundation
import Testing
import TestSupport

@Suite struct PaginationTests {
    struct Answer: Codable, Equatable {
        var first: Int
        var last: Int
        var pages: Int
        var hasPrev: Bool
        var hasNext: Bool
        var prevNum: Int?
        var nextNum: Int?
        var iterPages: [Int?]
    }

    struct Question: Codable {
        var total: Int?
        var page: Int
        var perPage: Int
        var edges: [Int]
    }

    static func answer(_ question: Question) -> Answer {
        let before = (question.page - 1) * question.perPage
        let count = max(0, min(question.perPage, (question.total ?? 50) - before))
        let page = Pagination(
            items: Array(0..<count), page: question.page, perPage: question.perPage, total: question.total)
        let edges = question.edges
        return Answer(
            first: page.first, last: page.last, pages: page.pages, hasPrev: page.hasPrev, hasNext: page.hasNext,
            prevNum: page.prevNum, nextNum: page.nextNum,
            iterPages: page.iterPages(
                leftEdge: edges[0], leftCurrent: edges[1], rightCurrent: edges[2], rightEdge: edges[3]))
    }

    @Test("the numbers for links are those of Flask-SQLAlchemy's documentation")
    func documented() {
        let page = Pagination(items: Array(0..<10), page: 7, perPage: 10, total: 200)
        #expect(page.iterPages() == [1, 2, nil, 5, 6, 7, 8, 9, 10, 11, nil, 19, 20])
        #expect(page.first == 61 && page.last == 70 && page.pages == 20 && page.prevNum == 6 && page.nextNum == 8)
        let empty = Pagination<Int>(items: [], page: 1, perPage: 20, total: 0)
        #expect(empty.iterPages() == [] && empty.first == 0 && empty.last == 0 && empty.pages == 0 && !empty.isPastEnd)
    }

    @Test("absurd numbers do not trap")
    func absurd() {
        for page in [Int.min, -1, 0, .max] {
            let pagination = Pagination(items: [1], page: page, perPage: .max, total: .max)
            _ = (pagination.first, pagination.last, pagination.iterPages(rightCurrent: .max).count)
        }
        #expect(
            Pagination<Int>(items: [], page: .max, perPage: 1, total: 3).iterPages(leftEdge: .min, rightEdge: .min) == [
                nil
            ])
    }

    @Test("every attribute is that of Flask-SQLAlchemy's class", .enabled(if: SQLAlchemy.hasFlask))
    func original() throws {
        var questions: [Question] = []
        var random = SplitMix64(seed: UInt64(TestSeed.value))
        for total in [0, 1, 5, 20, 21, 199, 200, 201] {
            for page in [1, 2, 3, 7, 10, 19, 20, 21, 100] {
                questions.append(Question(total: total, page: page, perPage: 10, edges: [2, 2, 4, 2]))
                questions.append(
                    Question(
                        total: total, page: page, perPage: .random(in: 1...25, using: &random),
                        edges: (0..<4).map { _ in .random(in: 0...6, using: &random) }))
            }
        }
        questions.append(Question(total: nil, page: 2, perPage: 10, edges: [2, 2, 4, 2]))
        let script = """
            import json, sys
            from flask_sqlalchemy.pagination import Pagination
            class P(Pagination):
                def _query_items(self):
                    n = self._query_args["n"]
                    return list(range(n))[self._query_offset:self._query_offset + self.per_page]
                def _query_count(self): return self._query_args["total"]
            out = []
            for q in json.load(sys.stdin):
                total = q.get("total")
                p = P(page=q["page"], per_page=q["perPage"], error_out=False, n=50 if total is None else total, total=total)
                e = q["edges"]
                out.append(dict(first=p.first, last=p.last, pages=p.pages, hasPrev=p.has_prev, hasNext=p.has_next,
                    prevNum=p.prev_num, nextNum=p.next_num,
                    iterPages=list(p.iter_pages(left_edge=e[0], left_current=e[1], right_current=e[2], right_edge=e[3]))))
            json.dump(out, sys.stdout)
            """
        let data = try SQLAlchemy.run(script, input: try JSONEncoder().encode(questions))
        let answers = try JSONDecoder().decode([Answer].self, from: data)
        #expect(answers.count == questions.count)
        for (question, original) in zip(questions, answers) {
            #expect(Self.answer(question) == original, "\(question)")
        }
    }
}

@Suite struct PageCursorTests {
    @Test("a cursor is text for URLs, and comes back as it was")
    func text() throws {
        let values: [SQLValue] = [
            .integer(.min), .double(0.1), .text("ä/?&=+"), .bool(true), .uuid(UUID()),
            .decimal(Decimal(string: "1.10") ?? 0),
            .instant(Date(microsecondsSinceEpoch: 1_704_164_645_000_006)),
            .localDateTime(try #require(LocalDateTime("2024-01-02 03:04:05.000006"))),
            .localDate(try #require(LocalDate("2024-01-02"))), .localTime(try #require(LocalTime("03:04:05"))),
        ]
        let cursor = PageCursor(values: values, isBackward: true)
        let isSafe = cursor.description.utf8.allSatisfy {
            $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=")
        }
        #expect(isSafe)
        #expect(PageCursor(cursor.description) == cursor)
    }

    @Test(
        "what is no cursor is none",
        arguments: ["", "x", "W10", "WyJhIiwieCJd", "e30", "%%%", String(repeating: "A", count: 10_000)])
    func refuses(_ text: String) { #expect(PageCursor(text) == nil) }
}
