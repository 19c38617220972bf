"""The sentences of the lessons with a person's own numbers."""

from __future__ import annotations

from forecast.config import Config
from forecast.lessons import Batches, Sight, Slide
from forecast.scaling import Scaler
from ui import formats


def windows(found: Slide, config: Config) -> str:
    """How many windows there are, and of what."""
    n_in, n_out = config.window.n_steps_in, found.n_out
    more = (
        f" The scaler shows it changes, and {_count(n_in, 'change')} lie between {found.n_in} rows."
        if found.n_in > n_in
        else ""
    )
    n_inputs = len(config.data.inputs)
    also = f" With each value it sees {_count(n_inputs, 'further column')}." if n_inputs else ""
    return (
        f"A network does not see the series. It sees **windows**: {_count(n_in, 'past step')} as "
        f"the question **X** and the {_count(n_out, 'next step')} as the answer **y**. The "
        f"window moves on by one row at a time, so {found.n_rows:,} rows give "
        f"**{_count(found.n_windows, 'window')}**: the earlier {found.n_train:,} for training, the "
        f"latest {found.n_windows - found.n_train:,} for validation.{more}{also} Press *Play*."
    )


def in_use(name: str, n_rows: int, thinned: bool = False) -> str:
    """What the lesson is about, and where that is chosen."""
    some = " Of so many windows only some are shown." if thinned else ""
    return (
        f"{formats.plain(name)}, the last {n_rows:,} rows, as *Data* says; the settings are those "
        f"of *Train*.{some}"
    )


def split(found: Sight) -> str:
    """Who gets how many windows of which rows."""
    return (
        f"Time runs to the right, and so does the split: of {found.n_train + found.n_validation:,} "
        f"windows the first **{found.n_train:,} are for training** and contain rows 1 to "
        f"**{found.trained[1]:,}** of {found.n_rows:,}; the last **{found.n_validation:,} are for "
        f"validation**, so that {_count(found.unseen[1] - found.unseen[0], 'row')} at the end "
        f"{'is' if found.unseen[1] - found.unseen[0] == 1 else 'are'} in no training window. The "
        "network learns from the first part, is watched on the second, and is asked about what "
        "nobody knows."
    )


def scaler(found: Sight, unit: str) -> str:
    """What was learnt, and what would have been had it been shown every row."""
    seen, after = found.trained[1], found.n_rows - found.trained[1]
    learnt = _learnt(found.scaler, unit)
    if not learnt:
        return "The values go in as they are, so there is nothing to learn and nothing to leak."
    if found.leaks:
        why = (
            f"Shown the {_count(after, 'row')} after them too, it would have learnt "
            f"{_learnt(found.leaky, unit)}: a hint, small or large, about values that the network "
            "is to be tested on."
        )
    else:
        why = (
            f"Here the {_count(after, 'row')} after them would have changed nothing. Where a "
            "series climbs they would: the network would know beforehand how high it goes."
        )
    return f"From rows 1 to {seen:,} it learnt **{learnt}**. {why}"


def _learnt(scaler: Scaler, unit: str) -> str:
    """A scaler's two numbers in the user's unit: "a usual step of 2.71 %"."""
    center, scale = scaler.center[0], scaler.scale[0]

    def value(number: float) -> str:
        return formats.value(number, unit)

    if scaler.kind == "minmax":
        top = value(center + scale)
        return f"the smallest value, {value(center)}, as 0 and the largest, {top}, as 1"
    if scaler.kind == "standard":
        return f"the mean, {value(center)}, as 0 and a standard deviation of {value(scale)}"
    if scaler.kind == "robust":
        return f"the median, {value(center)}, as 0 and quartiles that lie {value(scale)} apart"
    if scaler.kind == "change":
        in_percent = bool(scaler.floor) and scaler.floor[0] > 0
        size = formats.percent(scale, 2) if in_percent else value(scale)
        return f"the size of a usual step, {size}"
    return ""


def overlap(found: Sight, config: Config) -> str:
    """What training and validation have in common, plainly."""
    text = (
        f"The questions of the validation part reach back over {_count(found.reread, 'row')} that "
        "training has seen too. That is fair: at that moment they were known."
    )
    if found.shared:
        text += (
            f" Less fair: {_count(found.shared, 'row')} {'is' if found.shared == 1 else 'are'} an "
            "*answer* on both sides, as windows of several next steps overlap. There is no gap "
            "between the parts, as in Keras’ `validation_split`."
        )
    if config.train.gate or config.train.patience or config.train.restore_best:
        text += (
            " And the validation part has a say in the result (when to stop, which epoch to keep, "
            "how far to trust it), so its figures flatter a little."
        )
    return text + " A *Backtest* is stricter: what it tests on comes after all it was trained on."


def batches(found: Batches) -> str:
    """The count, from windows to corrections."""
    last = f", the last one of {found.last:,}" if found.last < found.size and found.n > 1 else ""
    epochs, make = _count(found.epochs, "epoch"), "makes" if found.epochs == 1 else "make"
    corrections = _count(found.corrections, "correction")
    if found.n_networks > 1:
        epochs, make = f"{epochs} of {found.n_networks} networks", "make"
    end = (
        f"Up to {epochs}, fewer if it stops early, {make} **at most {corrections}**."
        if found.may_stop
        else f"{epochs} {make} **{corrections}**."
    )
    return (
        f"**{_count(found.n_train, 'training window')}** in batches of {found.size:,} are "
        f"**{_count(found.n, 'batch')}** an epoch{last}. After each batch the weights are "
        f"corrected once: {_count(found.n, 'correction')} an epoch. {end}"
    )


def in_all(found: Batches) -> str:
    return "At the most: it may stop early." if found.may_stop else ""


def meaning(found: Batches, config: Config) -> str:
    """Why there are batches at all."""
    order = (
        "In each epoch the windows come in a new order, drawn from the seed."
        if config.train.shuffle
        else "The windows come in the order of time in every epoch."
    )
    return (
        "An **epoch** is one pass over all training windows. A **batch** is how many of them are "
        "looked at before one correction: the mean of their errors says in which direction. "
        f"{order} Smaller batches correct more often and less steadily; more epochs fit the "
        "training part better, until the network only memorises it."
    )


def _count(n: int, noun: str) -> str:
    """ "1 batch", "14 batches", "150 epochs" """
    plural = noun + ("es" if noun.endswith("tch") else "s")
    return f"{n:,} {noun if n == 1 else plural}"
