import CarafeHTTP
import Testing

@testable import struct CarafeHTTP.HTTPDate

@Suite("HTTP dates")
struct HTTPDateTests {
    @Test(
        "the three formats name the same moment",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "Sun, 06-Nov-1994 08:49:37 GMT", "sun, 6 nov 1994 08:49:37 utc",
        ])
    func formats(_ text: String) {
        #expect(HTTPDate(parsing: text)?.secondsSinceEpoch == 784_111_777)
    }

    @Test(
        "two digits of a year are at most fifty years ahead",
        arguments: [("76", 2076), ("77", 1977), ("26", 2026), ("00", 2000), ("99", 1999)])
    func twoDigitYears(_ digits: String, _ year: Int) {
        let now = HTTPDate(secondsSinceEpoch: 1_795_000_000)  // 2026
        let date = HTTPDate(parsing: "Sunday, 06-Nov-\(digits) 08:49:37 GMT", now: now)
        #expect(date?.description.utf8.dropFirst(12).prefix(4).elementsEqual(String(year).utf8) == true)
    }

    @Test(
        "what is no date is nil",
        arguments: [
            "", "Sun", "Sun,", "Sun, ", "Sun, 06", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 GMT x",
            "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
            "Sun, +6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 -1:49:37 GMT", "S\u{301}un, 06 Nov 1994 08:49:37 GMT", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
            "Sun Nov 6 08:49:37 94", "Sun, 06 Nov-1994 08:49:37 GMT",
        ])
    func malformed(_ text: String) {
        #expect(HTTPDate(parsing: text) == nil)
    }

    @Test("days of 400 years are written and read back")
    func roundTrip() {
        for day in stride(from: -141_000, to: 6000, by: 61) {
            let date = HTTPDate(secondsSinceEpoch: day * 86_400 + 86_399)
            #expect(HTTPDate(parsing: date.description) == date)
        }
    }

    @Test("moments that four digits cannot name become the nearest", arguments: [Int.min, Int.max])
    func bounds(_ seconds: Int) {
        let date = HTTPDate(secondsSinceEpoch: 0).advanced(by: seconds)
        #expect(date.description == (seconds < 0 ? "Mon, 01 Jan 0001 00:00:00 GMT" : "Fri, 31 Dec 9999 23:59:59 GMT"))
        #expect(date.advanced(by: seconds) == date)
    }
}
