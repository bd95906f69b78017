/// What remains of text when it must be ASCII: letters without their accents, `(c)` for signs that stand for letters.
///
/// The same as Unicode's compatibility decomposition (NFKD) with everything but ASCII dropped, which is what Werkzeug
/// does to file names; the table is that of Unicode 14.
enum ASCIIFolding {
    /// `text` in ASCII; what has no ASCII in it falls away.
    static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.append(UInt8(truncatingIfNeeded: scalar.value))
            } else if let folded = table[scalar] {
                result += folded
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let table: [Unicode.Scalar: [UInt8]] = {
        var table: [Unicode.Scalar: [UInt8]] = [:]
        for line in rows.unicodeScalars.split(separator: "\n") {
            let digits = line.prefix { $0 != " " }
            var code = digits.reduce(0) {
                $0 << 4 | UInt32(PercentEncoding.nibble(UInt8(truncatingIfNeeded: $1.value)) ?? 0)
            }
            var group: [UInt8]?
            for scalar in line.dropFirst(digits.count + 1) {
                let byte: [UInt8] = scalar == "␣" ? [0x20] : [UInt8(truncatingIfNeeded: scalar.value)]
                switch scalar {
                case "«": group = []
                case "»":
                    table[Unicode.Scalar(code) ?? "?"] = group
                    group = nil
                    code += 1
                case "·": code += 1
                default:
                    if group != nil {
                        group? += byte
                    } else {
                        table[Unicode.Scalar(code) ?? "?"] = byte
                        code += 1
                    }
                }
            }
        }
        return table
    }()

    /// Each row begins with the code of its first character; then come the ASCII forms of that and its successors:
    /// several characters between `«` and `»`, `␣` for a space, `·` for a character that has none.
    private static let rows = #"""
        A0 ␣
        A8 ␣·a
        AF ␣··23␣···␣1o·«14»«12»«34»·AAAAAA·CEEEEIIII·NOOOOO··UUUUY··aaaaaa·ceeeeiiii·nooooo··uuuuy·yAaAaAaCcC
        109 cCcCcDd··EeEeEeEeEeGgGgGgGgHh··IiIiIiIiI·«IJ»«ij»JjKk·LlLlLlLl··NnNnNnn··OoOoOo··RrRrRrSsSsSsSsTtTt
        168 UuUuUuUuUuUuWwYyYZzZzZzs
        1A0 Oo
        1AF Uu
        1C4 «DZ»«Dz»«dz»«LJ»«Lj»«lj»«NJ»«Nj»«nj»AaIiOoUuUuUuUuUu·AaAa
        1E6 GgKkOoOo··j«DZ»«Dz»«dz»Gg··NnAa
        200 AaAaEeEeIiIiOoOoRrRrUuUuSsTt··Hh
        226 AaEeOoOoOoOoYy
        2B0 h·jr···wy
        2D8 ␣␣␣␣␣␣···lsx
        37A ␣···;
        384 ␣␣
        1D2C A·B·DE·GHIJKLMN·O·PRTUWa···bde···g·km·o···ptu··v
        1D62 iruv
        1D9C c···f
        1DBB z
        1E00 AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMmMmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsS
        1E63 sSsSsSsTtTtTtTtUuUuUuUuUuVvVvWwWwWwWwWwXxXxYyZzZzZzhtwyas
        1EA0 AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEeEeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy
        1FBD ␣·␣␣␣
        1FCD ␣␣␣
        1FDD ␣␣␣
        1FED ␣␣`
        1FFD ␣␣·␣␣␣␣␣␣␣␣␣␣␣
        2017 ␣
        2024 .«..»«...»
        202F ␣
        203C «!!»·␣
        2047 «??»«?!»«!?»
        205F ␣
        2070 0i··456789+·=()n0123456789+·=()·aeox·hklmnpst
        20A8 «Rs»
        2100 «a/c»«a/s»CC·«c/o»«c/u»··FgHHHh·IILl·N«No»··PQRRR··«SM»«TEL»«TM»·Z···Z·KABC·eEF·Mo
        2139 i·«FAX»
        2145 Ddeij
        2150 «17»«19»«110»«13»«23»«15»«25»«35»«45»«16»«56»«18»«38»«58»«78»1I«II»«III»«IV»V«VI»«VII»«VIII»«IX»X
        216A «XI»«XII»LCDMi«ii»«iii»«iv»v«vi»«vii»«viii»«ix»x«xi»«xii»lcdm
        2189 «03»
        2260 =
        226E <>
        2460 123456789«10»«11»«12»«13»«14»«15»«16»«17»«18»«19»«20»«(1)»«(2)»«(3)»«(4)»«(5)»«(6)»«(7)»«(8)»«(9)»
        247D «(10)»«(11)»«(12)»«(13)»«(14)»«(15)»«(16)»«(17)»«(18)»«(19)»«(20)»«1.»«2.»«3.»«4.»«5.»«6.»«7.»«8.»
        2490 «9.»«10.»«11.»«12.»«13.»«14.»«15.»«16.»«17.»«18.»«19.»«20.»«(a)»«(b)»«(c)»«(d)»«(e)»«(f)»«(g)»«(h)»
        24A4 «(i)»«(j)»«(k)»«(l)»«(m)»«(n)»«(o)»«(p)»«(q)»«(r)»«(s)»«(t)»«(u)»«(v)»«(w)»«(x)»«(y)»«(z)»ABCDEFGHI
        24BF JKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0
        2A74 «::=»«==»«===»
        2C7C jV
        3000 ␣
        309B ␣␣
        3200 «()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»
        3218 «()»«()»«()»«()»«()»«()»«()»·«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»
        3231 «()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»«()»
        3250 «PTE»«21»«22»«23»«24»«25»«26»«27»«28»«29»«30»«31»«32»«33»«34»«35»
        32B1 «36»«37»«38»«39»«40»«41»«42»«43»«44»«45»«46»«47»«48»«49»«50»123456789«10»«11»«12»«Hg»«erg»«eV»«LTD»
        3358 0123456789«10»«11»«12»«13»«14»«15»«16»«17»«18»«19»«20»«21»«22»«23»«24»«hPa»«da»«AU»«bar»«oV»«pc»
        3377 «dm»«dm2»«dm3»«IU»
        3380 «pA»«nA»A«mA»«kA»«KB»«MB»«GB»«cal»«kcal»«pF»«nF»Fg«mg»«kg»«Hz»«kHz»«MHz»«GHz»«THz»l«ml»«dl»«kl»«fm»
        339A «nm»m«mm»«cm»«km»«mm2»«cm2»«m2»«km2»«mm3»«cm3»«m3»«km3»«ms»«ms2»«Pa»«kPa»«MPa»«GPa»«rad»«rads»
        33AF «rads2»«ps»«ns»s«ms»«pV»«nV»V«mV»«kV»«MV»«pW»«nW»W«mW»«kW»«MW»kM«a.m.»«Bq»«cc»«cd»«Ckg»«Co.»«dB»
        33C9 «Gy»«ha»«HP»«in»«KK»«KM»«kt»«lm»«ln»«log»«lx»«mb»«mil»«mol»«PH»«p.m.»«PPM»«PR»«sr»«Sv»«Wb»«Vm»«Am»1
        33E1 23456789«10»«11»«12»«13»«14»«15»«16»«17»«18»«19»«20»«21»«22»«23»«24»«25»«26»«27»«28»«29»«30»«31»
        33FF «gal»
        A7F2 CFQ
        FB00 «ff»«fi»«fl»«ffi»«ffl»«st»«st»
        FB29 +
        FC5E ␣␣␣␣␣␣
        FDFA «␣␣␣»␣
        FE10 ,··:;!?··«...»
        FE30 «..»··__(){}
        FE47 []␣␣␣␣___,·.·;:?!·(){}··#&*+-<>=·\$%@
        FE70 ␣·␣·␣·␣·␣·␣·␣·␣
        FF01 !"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~
        FFE3 ␣
        107A5 q
        1D400 ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg·ijklmnopqrstu
        1D463 vwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzA·CD··G··JK··NOPQ·STUVWXYZabcd·f·hijklmn·p
        1D4C6 qrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzAB·DEFG··JKLMNOPQ·STUVWXY·abcdefghijk
        1D529 lmnopqrstuvwxyzAB·DEFG·IJKLM·O···STUVWXY·abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdef
        1D58C ghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZa
        1D5EF bcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV
        1D652 WXYZabcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz
        1D7CE 01234567890123456789012345678901234567890123456789
        1F100 «0.»«0,»«1,»«2,»«3,»«4,»«5,»«6,»«7,»«8,»«9,»
        1F110 «(A)»«(B)»«(C)»«(D)»«(E)»«(F)»«(G)»«(H)»«(I)»«(J)»«(K)»«(L)»«(M)»«(N)»«(O)»«(P)»«(Q)»«(R)»«(S)»
        1F123 «(T)»«(U)»«(V)»«(W)»«(X)»«(Y)»«(Z)»SCR«CD»«WZ»·ABCDEFGHIJKLMNOPQRSTUVWXYZ«HV»«MV»«SD»«SS»«PPV»«WC»
        1F16A «MC»«MD»«MR»
        1F190 «DJ»
        1FBF0 0123456789
        """#
}
