import Carafe
import CarafeSQL
import CarafeTesting
import Testing

@Suite("Rows and pages in templates")
struct TemplateTests {
    @Test("a row's columns are its attributes and items")
    func rows() async throws {
        let (app, _) = postApp { app in
            app.get("/") { (db: Database) async throws in
                let row = try await db.one("SELECT id, title, NULL AS items, x'6869' AS data FROM post WHERE id = 2")
                return try render(
                    string: """
                        {{ row.title }}|{{ row["id"] + 1 }}|{{ row[1] }}|{{ row[-1] }}|{{ row.items is none }}|{{ row|length }}|\
                        {{ row.nothing is defined }}|{{ row[9] is defined }}|{{ row }}|{% for value in row %}{{ value }},{% endfor %}|\
                        {{ row._mapping.keys()|list }}
                        """, ["row": row])
            }
        }
        try await app.test { client async throws in
            #expect(
                try await client.get("/").text
                    == "post 2|3|post 2|b&#39;hi&#39;|True|4|False|False|(2, &#39;post 2&#39;, None, b&#39;hi&#39;)|"
                    + "2,post 2,None,b&#39;hi&#39;,|[&#39;id&#39;, &#39;title&#39;, &#39;items&#39;, &#39;data&#39;]")
        }
    }

    @Test("dates, times, intervals and JSON are Python's")
    func values() async throws {
        let (app, _) = postApp { app in
            app.get("/") { () throws in
                let values: [String: SQLValue] = [
                    "day": .localDate(try #require(LocalDate(year: 2026, month: 11, day: 21))),
                    "time": .localTime(try #require(LocalTime(hour: 7, minute: 8))),
                    "span": .interval(SQLInterval(months: 1, days: 2, microseconds: 3_000_000)),
                    "json": .json(#"{"a": [1, null]}"#), "list": .array([.integer(1), .null]),
                    "odd": .other(type: "inet", text: "::1"),
                ]
                return try render(
                    string:
                        "{{ v.day }}|{{ v.day.year }}|{{ v.time }}|{{ v.span }}|{{ v.json.a }}|{{ v.list }}|{{ v.odd }}",
                    ["v": values])
            }
        }
        try await app.test { client async throws in
            #expect(
                try await client.get("/").text
                    == "2026-11-21|2026|07:08:00|32 days, 0:00:03|[1, None]|[1, None]|::1")
        }
    }

    /// A request's query, and the page that answers it; nil for 404.
    static let pages: [(query: String, page: String?)] = [
        ("", "1 20 45 3 1-20 False True None 2 [1, 2, 3] 20"),
        ("?page=3", "3 20 45 3 41-45 True False 2 None [1, 2, 3] 5"),
        ("?page=2&per_page=10", "2 10 45 5 11-20 True True 1 3 [1, 2, 3, 4, 5] 10"),
        ("?per_page=1000", "1 30 45 2 1-30 False True None 2 [1, 2] 30"),
        ("?page=4", nil), ("?page=0", nil), ("?page=-1", nil), ("?page=x", nil), ("?per_page=0", nil),
        ("?per_page=x", nil),
        ("?page=9223372036854775807", nil), ("?page=99999999999999999999", nil),
    ]

    @Test("a page is the one that the query asks for, or 404", arguments: pages)
    func pagination(query: String, page: String?) async throws {
        let (app, _) = postApp { app in
            app.get("/") { (request: Request, db: Database) async throws in
                let page = try await db.paginate(
                    "SELECT * FROM post ORDER BY id", for: request, maxPerPage: 30, as: Post.self)
                return try render(
                    string: """
                        {{ p.page }} {{ p.per_page }} {{ p.total }} {{ p.pages }} {{ p.first }}-{{ p.last }} {{ p.has_prev }} \
                        {{ p.has_next }} {{ p.prev_num }} {{ p.next_num }} {{ p.iter_pages()|list }} {{ p.items|length }}
                        """, ["p": page])
            }
        }
        try await app.test { client async throws in
            let response = try await client.get("/\(query)")
            if let page { #expect(response.text == page) } else { #expect(response.status == .notFound) }
        }
    }

    @Test("the numbers around a page leave gaps, which are None; the page iterates over its items")
    func numbers() async throws {
        let (app, _) = postApp { app in
            app.get("/") { (request: Request, db: Database) async throws in
                let page = try await db.paginate("SELECT * FROM post ORDER BY id", for: request, perPage: 2)
                return try render(
                    string: """
                        {% for n in p.iter_pages(left_edge=1, left_current=1, right_current=2, right_edge=1) %}{{ n }} {% endfor %}|\
                        {% for post in p %}{{ post.title }},{% endfor %}
                        """, ["p": page])
            }
            app.get("/json") { (request: Request, db: Database) async throws in
                JSON(try await db.paginate("SELECT * FROM post ORDER BY id", for: request, perPage: 1, as: Post.self))
            }
        }
        try await app.test { client async throws in
            #expect(try await client.get("/?page=10").text == "1 None 9 10 11 12 None 23 |post 19,post 20,")
            #expect(
                try await client.get("/json").text
                    == #"{"items":[{"id":1,"title":"post 1"}],"page":1,"per_page":1,"total":45,"pages":45,"#
                    + #""has_prev":false,"has_next":true,"prev_num":null,"next_num":2}"#)
        }
    }

    @Test("a page by key has the cursors of its neighbours as text")
    func keys() async throws {
        let (app, _) = postApp { app in
            app.get("/") { (request: Request, db: Database) async throws in
                let page = try await db.page(
                    "SELECT * FROM post", orderedBy: [.ascending("id")],
                    at: request.query["at"].flatMap(PageCursor.init),
                    limit: 2, as: Post.self)
                return try render(string: "{{ p['items'][0].id }} {{ p.next }} {{ p.previous }}", ["p": page])
            }
        }
        try await app.test { client async throws in
            let first = try await client.get("/").text.split(separator: " ")
            #expect(first[0] == "1")
            #expect(first[2] == "None")
            #expect(try await client.get("/?at=\(first[1])").text.utf8.first == UInt8(ascii: "3"))
            #expect(try await client.get("/?at=nonsense").text.utf8.first == UInt8(ascii: "1"))
        }
    }
}
