"""The small case in PyTorch, for an interpreter that has it; imports nothing of this project.

    python torch_contender.py WINDOWS.npz BATCH_SIZE UNITS SECONDS

It trains and validates on the same windows with ``nn.LSTM``, Adam and the mean squared error, in
its own usual settings.
"""

import statistics
import sys
import time

import numpy as np
import torch


def main(path: str, batch_size: int, units: int, seconds: float) -> None:
    arrays = {name: torch.from_numpy(array) for name, array in np.load(path).items()}
    X, y, Xv, yv = (arrays[name] for name in ("X", "y", "Xv", "yv"))
    lstm = torch.nn.LSTM(X.shape[-1], units, batch_first=True)
    dense = torch.nn.Linear(units, y.shape[-1])
    parameters = [*lstm.parameters(), *dense.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=0.001)
    loss_of = torch.nn.MSELoss()

    def epoch() -> None:
        for index in torch.randperm(len(X)).split(batch_size):
            optimizer.zero_grad()
            loss = loss_of(dense(lstm(X[index])[0][:, -1]), y[index])
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            loss_of(dense(lstm(Xv)[0][:, -1]), yv).item()

    def repeat() -> float:
        times: list[float] = []
        while sum(times) < seconds:
            start = time.perf_counter()
            epoch()
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    repeat()
    print("ready", flush=True)
    for _ in sys.stdin:
        print(repeat(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
