"""What a learner does, as the figure says it."""


def figures(question, given):
    """An answer as the figure sends it."""
    match question.kind:
        case "cut":
            return {"rows": [list(span) for span in given.rows], "cols": [*map(list, given.cols)]}
        case "box":
            return {"rows": list(given.rows[0]), "cols": list(given.cols[0])}
        case "value":
            return [repr(value) for value in given]
        case "back":
            return [[row, col, repr(amount)] for row, col, amount in given]
        case "which":
            return "abcdefgh"[question.options.index(given)]
    return list(given)


def said(sitting, ask, sent=None):
    return sitting.hears({"id": sitting.place.key, "ask": ask, "answer": sent, "times": 1})


def checked(sitting, given):
    return said(sitting, "check", figures(sitting.place.question, given))


def insisted(sitting, given):
    """The same answer twice: of a wrong one the first leaves the question open."""
    tried = checked(sitting, given)
    return tried if tried.verdict else checked(tried, given)
