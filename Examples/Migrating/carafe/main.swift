import Carafe

await makeGuestbook().main()
