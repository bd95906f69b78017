import Carafe
import CarafeTesting
import Foundation
import Testing

@Suite("A query read into a type")
struct QueryTests {
    enum Order: String, Decodable { case newest, oldest }

    struct Search: Decodable {
        var q: String?
        var page: Int?
        var tags: [String]?
        var exact: Bool?
        var order: Order?
        var since: Date?
        var id: UUID?
        var ratio: Double?
        var small: Int8?
        var size: UInt?
        var price: Decimal?
    }

    static func app() -> App {
        let (app, _) = smallApp()
        app.get("/") { (query: Query<Search>) in
            let search = query.value
            return [
                search.q.map { "q=\($0)" }, search.page.map { "page=\($0)" },
                search.tags.map { "tags=\($0.joined(separator: "+"))" }, search.exact.map { "exact=\($0)" },
                search.order.map { "order=\($0)" }, search.since.map { "since=\($0.timeIntervalSince1970)" },
                search.id.map { "id=\($0)" }, search.ratio.map { "ratio=\($0)" }, search.small.map { "small=\($0)" },
                search.size.map { "size=\($0)" }, search.price.map { "price=\($0)" },
            ].compactMap { $0 }.joined(separator: " ")
        }
        return app
    }

    @Test(
        "each property takes the value of its name",
        arguments: [
            ("", ""), ("q=a+b%26", "q=a b&"), ("q=", "q="), ("page=2", "page=2"), ("page=-2", "page=-2"),
            ("page=", ""), ("tags=a&tags=b", "tags=a+b"), ("exact=on", "exact=true"), ("exact=1", "exact=true"),
            ("exact=false", "exact=false"), ("exact=0", "exact=false"), ("order=oldest", "order=oldest"),
            ("since=1970-01-02T00:00:00Z", "since=86400.0"), ("since=1970-01-02T01:00:00%2B01:00", "since=86400.0"),
            ("id=\(HandlerFormTests.uuid)", "id=\(HandlerFormTests.uuid.uppercased())"),
            ("ratio=1.5e3", "ratio=1500.0"),
            ("ratio=-0.5", "ratio=-0.5"), ("small=-128", "small=-128"),
            ("size=18446744073709551615", "size=18446744073709551615"),
            ("price=9.99", "price=9.99"), ("page=1&page=2", "page=1"), ("unknown=1&page=3", "page=3"),
        ])
    func values(query: String, text: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get("/?\(query)")
            #expect(response.status == .ok)
            #expect(response.text == text)
        }
    }

    @Test(
        "a value that does not fit is 400 with the name and what was expected",
        arguments: [
            ("page=x", "page", "it must be a whole number"), ("page=1.0", "page", "it must be a whole number"),
            ("page=%2B1", "page", "it must be a whole number"), ("page=%D9%A3", "page", "it must be a whole number"),
            ("page=1%20", "page", "it must be a whole number"),
            ("page=9223372036854775808", "page", "it must be from -9223372036854775808 to 9223372036854775807"),
            ("small=128", "small", "it must be from -128 to 127"),
            ("size=-1", "size", "it must be from 0 to 18446744073709551615"),
            ("ratio=nan", "ratio", "it must be a number"), ("ratio=inf", "ratio", "it must be a number"),
            ("ratio=0x10", "ratio", "it must be a number"), ("ratio=1e999", "ratio", "it is too large"),
            ("exact=maybe", "exact", "it must be true or false"), ("id=1", "id", "it must be a UUID"),
            ("since=yesterday", "since", "it must be a date and time such as 2026-01-31T12:00:00Z"),
            ("since=2026-02-30T00:00:00Z", "since", "it must be a date and time such as 2026-01-31T12:00:00Z"),
            ("price=much", "price", "it must be a number"),
        ])
    func misfits(query: String, name: String, expected: String) async throws {
        try await Self.app().test { client in
            let response = try await client.get("/?\(query)", headers: [.accept: "application/json"])
            let problem: [String: JSONValue] = try response.json()
            #expect(response.status == .badRequest)
            #expect(problem["detail"] == .string("The query's value for '\(name)' cannot be used: \(expected)"))
        }
    }

    @Test("an enum's unknown value is 400, escaped in the page")
    func unknownCase() async throws {
        try await Self.app().test { client in
            let response = try await client.get("/?order=%3Cscript%3E")
            #expect(response.status == .badRequest)
            #expect(response.text.contains("order") && !response.text.contains("<script>"))
        }
    }

    @Test("required properties, lists and sets")
    func required() async throws {
        struct Choice: Decodable { var name: String; var numbers: [Int]; var set: Set<String>; var flag: Bool }
        let (app, _) = smallApp()
        app.get("/") { (query: Query<Choice>) in
            "\(query.value.name) \(query.value.numbers) \(query.value.set.sorted()) \(query.value.flag)"
        }
        try await app.test { client in
            #expect(try await client.get("/?name=a").text == "a [] [] false")
            #expect(
                try await client.get("/?name=a&numbers=1&numbers=2&set=x&set=x&flag=on").text == "a [1, 2] [\"x\"] true"
            )
            let missing = try await client.get("/?numbers=1")
            #expect(missing.status == .badRequest)
            #expect(missing.text.contains("The query has no value for &#39;name&#39;."))
            let wrong = try await client.get("/?name=a&numbers=1&numbers=x")
            #expect(
                wrong.text.contains(
                    "The query&#39;s value for &#39;numbers&#39; cannot be used: it must be a whole number"))
        }
    }

    @Test("a type that decodes itself from one value")
    func ownDecoding() async throws {
        struct Range: Decodable {
            var low: Int
            var high: Int

            init(from decoder: any Decoder) throws {
                let text = try decoder.singleValueContainer().decode(String.self)
                let parts = text.split(separator: "-").compactMap { Int($0) }
                guard parts.count == 2 else {
                    throw DecodingError.dataCorrupted(
                        .init(codingPath: decoder.codingPath, debugDescription: "no range"))
                }
                (low, high) = (parts[0], parts[1])
            }
        }
        struct Filter: Decodable { var years: Range }
        let (app, _) = smallApp()
        app.get("/range") { (query: Query<Filter>) in "\(query.value.years.low)…\(query.value.years.high)" }
        try await app.test { client async throws in
            #expect(try await client.get("/range?years=1990-1999").text == "1990…1999")
            #expect(try await client.get("/range?years=1990").status == .badRequest)
        }
    }

    @Test("names are compared byte by byte")
    func names() async throws {
        try await Self.app().test { client async throws in
            #expect(try await client.get("/?Page=2").text == "")
            #expect(try await client.get("/?page%CC%81=2&%EF%BD%91=1").text == "")
        }
    }
}
