"""The value types that the stages hand to each other: frozen, with tuples inside, without behaviour of their own."""
