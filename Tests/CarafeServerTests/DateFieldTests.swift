import Testing

@testable import CarafeServer

@Suite struct DateFieldTests {
    @Test(
        "the date is formatted as RFC 9110 wants it",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        ])
    func format(seconds: Int, expected: String) {
        var date = DateField()
        date.refresh(to: seconds)
        #expect(date.value == Array(expected.utf8))
    }
}
