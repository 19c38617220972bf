"""The words of the house, each in plain language; the Help texts on screen come from here."""

GLOSSARY: dict[str, str] = {
    "n_steps_in": "How many past steps the network looks at before it answers. More steps show it "
    "longer patterns, leave fewer windows to learn from, and make each epoch slower.",
    "n_steps_out": "How many rows the forecast goes ahead: with a row for each day seven are a "
    "week, without Sundays six; seven of an hourly series are seven hours. The further, the less "
    "sure.",
    "window": "One question with its answer: n_steps_in past values and the n_steps_out that "
    "followed.",
    "epochs": "How many passes over all training windows. More fit the training part better; past "
    "some point the network only memorises it.",
    "epoch": "One pass over all training windows.",
    "batch_size": "How many windows it looks at between two corrections. Smaller batches learn "
    "faster per epoch and more unsteadily.",
    "average_weights": "Checks and forecasts with the mean of the weights of about the last 100 "
    "corrections. The chance in single corrections cancels out, so that a larger learning rate can "
    "be used. The validation curves become smoother.",
    "learning_rate": "How far each correction goes. Too high and the loss jumps or explodes, too "
    "low and it hardly falls.",
    "loss": "The error that training makes small, on scaled values. MSE punishes large misses "
    "most, MAE all alike, Huber is between them, RMSE is MSE in the unit of the values.",
    "optimizer": "The rule that turns the error into corrections. Adam suits most cases.",
    "units": "How much each LSTM layer can remember. More units can learn more, and memorise more.",
    "layers": "LSTM layers one on another. More layers are slower and need more data.",
    "activation": "The curve a layer sends its values through. tanh is the LSTM's own.",
    "scaler": "Brings prices to a size the network learns well. It is fitted on the training "
    "part only, so that nothing of the validation part leaks in. 'Changes' "
    "shows the network how the series moved, in per cent, and has it answer how far it will move, "
    "so that it starts as 'same as today'. The others show it the values themselves.",
    "gate": "How far the forecast follows the network away from 'same as today'. It is measured on "
    "the validation part: 100 % follows it all the way, 0 % means that its steps were "
    "not clearly better than chance, so that the forecast is the last known value.",
    "calendar": "Where the training part clearly repeats every day, week or year, shows the "
    "network the point in that season at which each past step stood. Changes nothing elsewhere.",
    "inputs": "Further columns of your table, at most eight. The network sees their past steps "
    "beside those of the value to forecast, and nothing later: a gap is filled with the last known "
    "value. They help where they tell something early; elsewhere they are more to memorise.",
    "skip": "Adds a straight way past the LSTM: a weighted sum of the past steps. Helps where the "
    "answer is nearly such a sum.",
    "validation_split": "The share of the windows, the latest, that training never sees. The "
    "validation curves come from them.",
    "parameters": "The numbers that training adjusts. Many of them and few windows make it easy to "
    "memorise.",
    "seed": "The start of the random numbers. The same seed, data and settings give the same run.",
    "n_networks": "How many networks are trained that differ in their seed alone (the ensemble "
    "size). The forecast is the mean of theirs: steadier, as what one of them got by luck weighs "
    "less, and that many times the work. Several cores share it. The curves show the first one.",
    "patience": "Stop early when the validation loss has not improved for this many epochs.",
    "restore_best": "Forecast with the weights of the best epoch instead of the last one's. The "
    "untrained start counts as epoch 0: it wins where no epoch beat it.",
    "shuffle": "Draw a new order of the training windows for each epoch.",
    "n_rows": "How many of the latest rows are used. Older ones may follow rules that no longer "
    "hold.",
    "accuracy": "How often the network picked the right peak day: which of the next steps is the "
    "highest. Guessing gets 1 in 7 for seven steps. It says little about the size of the error.",
    "val_loss": "The loss on the validation windows, which training never sees.",
    "naive": "The forecast 'same as today': the last known value repeated, whether it is of a day, "
    "an hour or a month. Hard to beat for stock prices.",
    "skill": "1 − error / naive error: the share of the naive error that is gone. Below 0 it is "
    "worse than 'same as today'.",
    "interval": "A band around the forecast and its level: inside the 80 % band the value should "
    "end 80 % of the time. It comes from how far the series has moved before.",
    "next dates": "Which dates come next: the open days of an exchange, every day, month ends … It "
    "is found from the dates in the data and changes no value, only the dates the steps stand for.",
    "clocks": "Whose daylight saving the times in the data follow. The hour that the clocks leave "
    "out in spring gets no step.",
    "residual": "Actual minus predicted.",
    "change": "From one row to the next: in percent of the value before, or in the unit of the "
    "series where it falls to zero or below, or doubles and halves all the time. For prices this "
    "is called a return.",
    "drawdown": "How far a value lies below the highest one before it: what somebody who came at "
    "the top would have lost.",
    "log_scale": "Equal heights are equal percentages, so that early and late years of a series "
    "that has grown can be compared. It needs values above zero.",
    "rolling": "The mean (or the spread) of each row and those just before it, moved along row by "
    "row. A longer window is smoother and answers later.",
    "volatility": "How restless a series is: the standard deviation of its changes, here over a "
    "moving window.",
    "normal": "The bell curve of chance that adds up from many small causes. σ, the standard "
    "deviation, measures its width: 997 of 1,000 values lie within 3σ. Excess kurtosis is 0 for it "
    "and above 0 where extreme changes are more common.",
    "seasonality": "What comes again with the hour, the weekday or the month. Lines on the bars "
    "are 95 % intervals; Friedman's test says how often chance alone would bring such "
    "differences.",
    "season": "The number of rows after which a pattern starts again: 7 for days in a week.",
    "stl": "Takes a series apart: a trend that moves slowly, a season that repeats, and a "
    "remainder that neither explains. The three add up to the series (STL).",
    "acf": "Autocorrelation: how well values go together with those so many rows later. 1 is "
    "perfectly, 0 not at all, below 0 the other way round.",
    "band": "Where autocorrelations fall in 95 of 100 cases if there is nothing but chance "
    "(Bartlett). Bars in blue lie outside.",
    "stationarity": "A series is stationary if it keeps coming back to one level. Two tests ask "
    "from two sides: ADF supposes that it wanders, KPSS that it keeps to its level; a p below 0.05 "
    "speaks against what the test supposes.",
    "gap": "A date that the rhythm of the series expects and that is not there. Weekends and "
    "holidays of an exchange are not expected.",
    "outlier": "A change more than 5 times the spread of the 51 changes around it, measured by "
    "medians so that it does not hide itself (Hampel's filter).",
    "correlation": "How closely two columns change together: 1 always the same way, 0 without "
    "relation, −1 always opposite. Changes are compared, as two levels that both grow always seem "
    "related.",
    "RMSE": "Root of the mean squared error, in the unit of the series. Large misses weigh more "
    "than in the mean error.",
    "sMAPE": "Symmetric mean absolute percentage error: the miss as a share of the mean of actual "
    "and forecast. Fits series whose values are far from zero.",
    "MASE": "Mean absolute scaled error: the error divided by that of repeating the last "
    "season, one step ahead, on the training rows. It lets series of different units be compared.",
    "backtest": "Going back in time: the forecast is made many times at past origins, from what "
    "was known then, and held against what came.",
    "origin": "A past moment at which a forecast is made, from the rows before it and no others. "
    "More of them make the verdict surer.",
    "stride": "Rows from one starting point to the next. Where they are fewer than the horizon, "
    "forecasts overlap and tell less each.",
    "fold": "One training and the starting points it answers, from rows before the first of them.",
    "refit": "Whether the models are trained anew on the way, with the rows that have come since. "
    "Never is fastest and how a network that is used for a while does; at every starting point is "
    "how good it can be.",
    "seeds": "The same network trained several times, each with another start of its random "
    "numbers. How far they lie apart is luck, and differences smaller than that mean nothing.",
    "drift": "The line through the first and the last known value, carried on.",
    "seasonal naive": "The last whole season repeated.",
    "AutoETS": "Exponential smoothing: level, trend and season, each following the data at its "
    "own speed, in the form with the lowest AICc.",
    "AutoTheta": "Exponential smoothing with part of the straight trend added; the winner of the "
    "M3 competition of forecasts.",
    "AutoARIMA": "A forecast from the last values and the last misses, with as many of each as the "
    "data speak for.",
}
