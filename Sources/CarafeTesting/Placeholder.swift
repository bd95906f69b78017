import Carafe
