extension MIMETypes {
    /// The types that are known without being registered: those of Python's `mimetypes`, nginx and today's web. A line
    /// for each extension, sorted by its bytes; text has its charset here, so that no request pays for adding it.
    ///
    /// A literal needs no work at start, unlike a dictionary, and is searched where it lies.
    static let table: StaticString = """
        3g2 video/3gpp2
        3gp video/3gpp
        3gpp video/3gpp
        3gpp2 video/3gpp2
        3mf model/3mf
        7z application/x-7z-compressed
        a application/octet-stream
        aab application/octet-stream
        aac audio/aac
        ac3 audio/ac3
        adoc text/asciidoc; charset=utf-8
        adts audio/aac
        ai application/postscript
        aif audio/x-aiff
        aifc audio/x-aiff
        aiff audio/x-aiff
        amr audio/amr
        apk application/vnd.android.package-archive
        apng image/apng
        appcache text/cache-manifest; charset=utf-8
        appimage application/octet-stream
        arj application/x-arj
        arrow application/vnd.apache.arrow.file
        asc application/pgp-signature
        asf video/x-ms-asf
        ass audio/aac
        asx video/x-ms-asf
        atom application/atom+xml; charset=utf-8
        au audio/basic
        avi video/x-msvideo
        avif image/avif
        avifs image/avif
        avro application/octet-stream
        azw application/vnd.amazon.ebook
        bat text/plain; charset=utf-8
        bcpio application/x-bcpio
        bib text/x-bibtex; charset=utf-8
        bin application/octet-stream
        bmp image/bmp
        bz application/x-bzip
        c text/plain; charset=utf-8
        cab application/vnd.ms-cab-compressed
        caf audio/x-caf
        cbor application/cbor
        cc text/plain; charset=utf-8
        cdf application/x-netcdf
        cer application/pkix-cert
        cfg text/plain; charset=utf-8
        cjs text/javascript; charset=utf-8
        class application/java-vm
        cls text/x-tex; charset=utf-8
        cmfa audio/mp4
        cmfv video/mp4
        conf text/plain; charset=utf-8
        cpio application/x-cpio
        cpp text/plain; charset=utf-8
        cr2 image/x-canon-cr2
        crl application/pkix-crl
        crt application/x-x509-ca-cert
        crw image/x-canon-crw
        crx application/x-chrome-extension
        cs text/plain; charset=utf-8
        csh application/x-csh
        csl application/vnd.citationstyles.style+xml; charset=utf-8
        csr application/pkcs10
        css text/css; charset=utf-8
        csv text/csv; charset=utf-8
        cur image/vnd.microsoft.icon
        cxx text/plain; charset=utf-8
        dae model/vnd.collada+xml; charset=utf-8
        dat application/octet-stream
        db application/octet-stream
        dbf application/vnd.dbf
        deb application/vnd.debian.binary-package
        der application/x-x509-ca-cert
        dib image/bmp
        diff text/x-diff; charset=utf-8
        djv image/vnd.djvu
        djvu image/vnd.djvu
        dll application/octet-stream
        dmg application/x-apple-diskimage
        dng image/x-adobe-dng
        doc application/msword
        docm application/vnd.ms-word.document.macroenabled.12
        docx application/vnd.openxmlformats-officedocument.wordprocessingml.document
        dot application/msword
        dotx application/vnd.openxmlformats-officedocument.wordprocessingml.template
        dtd application/xml-dtd; charset=utf-8
        dvi application/x-dvi
        dwg image/vnd.dwg
        dxf image/vnd.dxf
        ear application/java-archive
        emf image/emf
        eml message/rfc822
        eot application/vnd.ms-fontobject
        eps application/postscript
        epub application/epub+zip
        etx text/x-setext; charset=utf-8
        exe application/octet-stream
        exr image/aces
        f4v video/x-f4v
        flac audio/flac
        flv video/x-flv
        frag text/plain; charset=utf-8
        gem application/octet-stream
        geojson application/geo+json
        gif image/gif
        glb model/gltf-binary
        glsl text/plain; charset=utf-8
        gltf model/gltf+json
        gml application/gml+xml; charset=utf-8
        go text/x-go; charset=utf-8
        gpg application/pgp-encrypted
        gpx application/gpx+xml; charset=utf-8
        gql application/graphql
        graphql application/graphql
        gtar application/x-gtar
        h text/plain; charset=utf-8
        h5 application/x-hdf5
        har application/json
        hbs text/x-handlebars-template; charset=utf-8
        hdf application/x-hdf
        heic image/heic
        heics image/heic-sequence
        heif image/heif
        heifs image/heif-sequence
        hpp text/plain; charset=utf-8
        hqx application/mac-binhex40
        htc text/x-component; charset=utf-8
        htm text/html; charset=utf-8
        html text/html; charset=utf-8
        ico image/vnd.microsoft.icon
        ics text/calendar; charset=utf-8
        ief image/ief
        ifb text/calendar; charset=utf-8
        iges model/iges
        igs model/iges
        img application/octet-stream
        importmap application/importmap+json
        ini text/plain; charset=utf-8
        ipa application/octet-stream
        ipynb application/x-ipynb+json
        ism application/vnd.ms-sstr+xml; charset=utf-8
        iso application/x-iso9660-image
        jad text/vnd.sun.j2me.app-descriptor; charset=utf-8
        jar application/java-archive
        jardiff application/x-java-archive-diff
        java text/x-java; charset=utf-8
        jfif image/jpeg
        jng image/x-jng
        jnlp application/x-java-jnlp-file
        jp2 image/jp2
        jpe image/jpeg
        jpeg image/jpeg
        jpg image/jpeg
        jpm image/jpm
        jpx image/jpx
        js text/javascript; charset=utf-8
        json application/json
        json5 application/json5
        jsonl application/jsonl
        jsonld application/ld+json
        jsx text/jsx; charset=utf-8
        jxl image/jxl
        kar audio/midi
        key application/vnd.apple.keynote
        kml application/vnd.google-earth.kml+xml; charset=utf-8
        kmz application/vnd.google-earth.kmz
        ksh text/plain; charset=utf-8
        kt text/x-kotlin; charset=utf-8
        ktx image/ktx
        ktx2 image/ktx2
        latex application/x-latex
        less text/css; charset=utf-8
        list text/plain; charset=utf-8
        loas audio/aac
        log text/plain; charset=utf-8
        lua text/plain; charset=utf-8
        lz4 application/x-lz4
        lzh application/x-lzh-compressed
        lzma application/x-lzma
        m1v video/mpeg
        m2ts video/mp2t
        m2v video/mpeg
        m3u application/vnd.apple.mpegurl
        m3u8 application/vnd.apple.mpegurl
        m4a audio/mp4
        m4b audio/mp4
        m4r audio/mp4
        m4s video/iso.segment
        m4v video/x-m4v
        man application/x-troff-man
        map application/json
        markdown text/markdown; charset=utf-8
        mbox application/mbox
        mbtiles application/vnd.sqlite3
        md text/markdown; charset=utf-8
        mdb application/x-msaccess
        mdx text/mdx; charset=utf-8
        me application/x-troff-me
        mht message/rfc822
        mhtml message/rfc822
        mid audio/midi
        midi audio/midi
        mif application/x-mif
        mjs text/javascript; charset=utf-8
        mk3d video/x-matroska
        mka audio/x-matroska
        mkv video/x-matroska
        mml application/mathml+xml; charset=utf-8
        mng video/x-mng
        mobi application/x-mobipocket-ebook
        mod audio/x-mod
        mov video/quicktime
        movie video/x-sgi-movie
        mp2 audio/mpeg
        mp3 audio/mpeg
        mp4 video/mp4
        mp4v video/mp4
        mpa video/mpeg
        mpd application/dash+xml; charset=utf-8
        mpe video/mpeg
        mpeg video/mpeg
        mpg video/mpeg
        mpg4 video/mp4
        mpga audio/mpeg
        mpp application/vnd.ms-project
        ms application/x-troff-ms
        msg application/vnd.ms-outlook
        msgpack application/vnd.msgpack
        msi application/x-msdownload
        msix application/msix
        msixbundle application/msixbundle
        mtl model/mtl
        mts video/mp2t
        mustache text/plain; charset=utf-8
        mvt application/vnd.mapbox-vector-tile
        n3 text/n3; charset=utf-8
        nc application/x-netcdf
        ndjson application/x-ndjson
        nef image/x-nikon-nef
        npy application/octet-stream
        npz application/octet-stream
        nq application/n-quads
        nt application/n-triples
        numbers application/vnd.apple.numbers
        nupkg application/zip
        nws message/rfc822
        o application/octet-stream
        obj application/octet-stream
        oda application/oda
        odf application/vnd.oasis.opendocument.formula
        odg application/vnd.oasis.opendocument.graphics
        odp application/vnd.oasis.opendocument.presentation
        ods application/vnd.oasis.opendocument.spreadsheet
        odt application/vnd.oasis.opendocument.text
        oga audio/ogg
        ogg audio/ogg
        ogv video/ogg
        ogx application/ogg
        one application/onenote
        onnx application/octet-stream
        opml text/x-opml; charset=utf-8
        opus audio/opus
        otf font/otf
        ott application/vnd.oasis.opendocument.text-template
        owl application/rdf+xml; charset=utf-8
        oxps application/oxps
        p12 application/x-pkcs12
        p7b application/x-pkcs7-certificates
        p7c application/pkcs7-mime
        p7m application/pkcs7-mime
        p7s application/pkcs7-signature
        p8 application/pkcs8
        pac application/x-ns-proxy-autoconfig
        pages application/vnd.apple.pages
        parquet application/vnd.apache.parquet
        patch text/x-diff; charset=utf-8
        pb application/x-protobuf
        pbm image/x-portable-bitmap
        pdb application/x-pilot
        pdf application/pdf
        pem application/x-pem-file
        pfx application/x-pkcs12
        pgm image/x-portable-graymap
        pgp application/pgp-encrypted
        php text/plain; charset=utf-8
        pjp image/jpeg
        pjpeg image/jpeg
        pkg application/octet-stream
        pl text/plain; charset=utf-8
        plist application/xml; charset=utf-8
        pls audio/x-scpls
        ply model/ply
        pmtiles application/vnd.pmtiles
        png image/png
        pnm image/x-portable-anymap
        pot application/vnd.ms-powerpoint
        potx application/vnd.openxmlformats-officedocument.presentationml.template
        ppa application/vnd.ms-powerpoint
        ppm image/x-portable-pixmap
        pps application/vnd.ms-powerpoint
        ppsx application/vnd.openxmlformats-officedocument.presentationml.slideshow
        ppt application/vnd.ms-powerpoint
        pptm application/vnd.ms-powerpoint.presentation.macroenabled.12
        pptx application/vnd.openxmlformats-officedocument.presentationml.presentation
        prc application/x-pilot
        properties text/plain; charset=utf-8
        proto text/plain; charset=utf-8
        ps application/postscript
        psd image/vnd.adobe.photoshop
        pub application/x-mspublisher
        pwz application/vnd.ms-powerpoint
        py text/x-python; charset=utf-8
        pyc application/x-python-code
        pyo application/x-python-code
        qt video/quicktime
        ra audio/x-pn-realaudio
        ram application/x-pn-realaudio
        rar application/vnd.rar
        ras image/x-cmu-raster
        rb text/plain; charset=utf-8
        rdf application/xml; charset=utf-8
        rgb image/x-rgb
        rng application/xml; charset=utf-8
        roff application/x-troff
        rpm application/x-rpm
        rs text/x-rust; charset=utf-8
        rss application/rss+xml; charset=utf-8
        rst text/x-rst; charset=utf-8
        rtf application/rtf
        rtx text/richtext; charset=utf-8
        safetensors application/octet-stream
        sass text/x-sass; charset=utf-8
        scss text/x-scss; charset=utf-8
        sea application/x-sea
        sgm text/x-sgml; charset=utf-8
        sgml text/x-sgml; charset=utf-8
        sh application/x-sh
        shar application/x-shar
        shp application/vnd.shp
        shtml text/html; charset=utf-8
        sig application/pgp-signature
        sit application/x-stuffit
        sitemap application/xml; charset=utf-8
        smil application/smil+xml; charset=utf-8
        snd audio/basic
        so application/octet-stream
        spx audio/ogg
        sql application/sql; charset=utf-8
        sqlite application/vnd.sqlite3
        sqlite3 application/vnd.sqlite3
        src application/x-wais-source
        srt text/plain; charset=utf-8
        step model/step
        stl model/stl
        stp model/step
        sty text/x-tex; charset=utf-8
        sub text/plain; charset=utf-8
        sv4cpio application/x-sv4cpio
        sv4crc application/x-sv4crc
        svelte text/plain; charset=utf-8
        svg image/svg+xml; charset=utf-8
        swf application/x-shockwave-flash
        swift text/x-swift; charset=utf-8
        t application/x-troff
        tar application/x-tar
        tcl application/x-tcl
        tex application/x-tex
        texi application/x-texinfo
        texinfo application/x-texinfo
        text text/plain; charset=utf-8
        tga image/x-tga
        tif image/tiff
        tiff image/tiff
        tk application/x-tcl
        toml application/toml
        topojson application/json
        torrent application/x-bittorrent
        tr application/x-troff
        trig application/trig
        ts video/mp2t
        tsv text/tab-separated-values; charset=utf-8
        tsx text/tsx; charset=utf-8
        ttc font/collection
        ttf font/ttf
        ttl text/turtle; charset=utf-8
        txt text/plain; charset=utf-8
        url application/x-mswinurl
        usda model/vnd.usda
        usdz model/vnd.usdz+zip
        ustar application/x-ustar
        vcard text/vcard; charset=utf-8
        vcf text/x-vcard; charset=utf-8
        vert text/plain; charset=utf-8
        vrml model/vrml
        vsd application/vnd.visio
        vsdx application/vnd.ms-visio.drawing
        vtt text/vtt; charset=utf-8
        vue text/plain; charset=utf-8
        war application/java-archive
        wasm application/wasm
        wat text/plain; charset=utf-8
        wav audio/x-wav
        wbmp image/vnd.wap.wbmp
        weba audio/webm
        webapp application/x-web-app-manifest+json
        webloc application/xml; charset=utf-8
        webm video/webm
        webmanifest application/manifest+json
        webp image/webp
        wgsl text/wgsl; charset=utf-8
        whl application/zip
        wiz application/msword
        wma audio/x-ms-wma
        wmf image/wmf
        wml text/vnd.wap.wml; charset=utf-8
        wmv video/x-ms-wmv
        woff font/woff
        woff2 font/woff2
        wrl model/vrml
        wsdl application/xml; charset=utf-8
        x3d model/x3d+xml; charset=utf-8
        xaml application/xaml+xml; charset=utf-8
        xap application/x-silverlight-app
        xbm image/x-xbitmap
        xcf image/x-xcf
        xht application/xhtml+xml; charset=utf-8
        xhtml application/xhtml+xml; charset=utf-8
        xlb application/vnd.ms-excel
        xls application/vnd.ms-excel
        xlsb application/vnd.ms-excel.sheet.binary.macroenabled.12
        xlsm application/vnd.ms-excel.sheet.macroenabled.12
        xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
        xltx application/vnd.openxmlformats-officedocument.spreadsheetml.template
        xml text/xml; charset=utf-8
        xpdl application/xml; charset=utf-8
        xpi application/x-xpinstall
        xpm image/x-xpixmap
        xps application/vnd.ms-xpsdocument
        xsd application/xml; charset=utf-8
        xsl application/xml; charset=utf-8
        xslt application/xslt+xml; charset=utf-8
        xspf application/xspf+xml; charset=utf-8
        xul application/vnd.mozilla.xul+xml; charset=utf-8
        xwd image/x-xwindowdump
        y4m video/x-raw-y4m
        yaml application/yaml
        yml application/yaml
        zip application/zip
        zst application/zstd
        """
}
