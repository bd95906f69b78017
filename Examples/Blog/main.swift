import Carafe

await makeBlog().main()
