import Foundation
import Testing

@testable import CarafeSigning

@Suite("Dates in sessions")
struct HTTPDateTextTests {
    @Test(
        "a moment is Werkzeug's http_date, both ways",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (1_709_208_000, "Thu, 29 Feb 2024 12:00:00 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (-2_203_891_200, "Thu, 01 Mar 1900 00:00:00 GMT"), (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ])
    func moments(seconds: Double, text: String) {
        #expect(HTTPDateText.text(of: Date(timeIntervalSince1970: seconds)) == text)
        #expect(HTTPDateText.date(from: text) == Date(timeIntervalSince1970: seconds))
    }

    @Test("fractions of a second are dropped, towards the past")
    func fractions() {
        #expect(HTTPDateText.text(of: Date(timeIntervalSince1970: 0.75)) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(HTTPDateText.text(of: Date(timeIntervalSince1970: -0.25)) == "Wed, 31 Dec 1969 23:59:59 GMT")
    }

    @Test(
        "a moment outside of the years 1 to 9999 has no text",
        arguments: [-62_135_596_801, 253_402_300_800, 1e300] as [Double])
    func outside(seconds: Double) {
        #expect(HTTPDateText.text(of: Date(timeIntervalSince1970: seconds)) == nil)
        #expect(HTTPDateText.text(of: Date(timeIntervalSince1970: -seconds.magnitude)) == nil)
    }

    @Test(
        "any other text is no moment",
        arguments: [
            "", "Thu, 01 Jan 1970 00:00:00", "Thu, 01 Jan 1970 00:00:00 UTC", "Thu, 01 Jan 1970 00:00:00 GMT ",
            "Thu, 29 Feb 2023 00:00:00 GMT", "Thu, 29 Feb 1900 00:00:00 GMT", "Thu, 31 Apr 2023 00:00:00 GMT",
            "Thu, 00 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 0000 00:00:00 GMT", "Thu, 01 Foo 1970 00:00:00 GMT",
            "Thu, 01 Jan 1970 24:00:00 GMT", "Thu, 01 Jan 1970 00:60:00 GMT", "Thu, 01 Jan 1970 00:00:60 GMT",
            "Thu, +1 Jan 1970 00:00:00 GMT", "Thu, 01-Jan-1970 00:00:00 GMT", "Thu; 01 Jan 1970 00:00:00 GMT",
            "Thu, 01 jan 1970 00:00:00 GMT", "Thu, 0١ Jan 197 00:00:00 GMT", "Thu, 01 Jan 1970 00.00.00 GMT",
        ])
    func noMoment(text: String) {
        #expect(HTTPDateText.date(from: text) == nil)
    }
}
