"""Typed conditions as plain sentences, in English and in Chinese.

`writer` walks the tree and says what each part claims, `claims` draws together what is said of one thing or in the same
words, `phrases` and `grammar` hold the words of the two languages, and `sentence` sets claims as text.
"""
