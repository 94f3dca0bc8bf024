"""Waves of the body, made up."""
import math

# Place (radians of the beat), height (mV) and width (radians) of P, Q, R, S and T, after McSharry et al.,
# "A dynamical model for generating synthetic electrocardiogram signals", IEEE Trans. Biomed. Eng. 50, 2003.
PQRST = ((-math.pi / 3, 0.12, 0.25), (-math.pi / 12, -0.15, 0.1), (0, 1.1, 0.1), (math.pi / 12, -0.25, 0.1),
         (math.pi / 2, 0.3, 0.4))


class Heart:
    """An electrocardiogram: beats of unequal length, breathing and noise in them."""

    def __init__(self, dice, rate):
        self.dice, self.rate = dice, rate
        self.beats = dice.uniform(55, 100)
        self.angle, self.speed, self.time = -math.pi, 0.0, 0.0
        self.waves = [(at, height * dice.uniform(0.6, 1.4), width * dice.uniform(0.8, 1.2))
                      for at, height, width in PQRST]
        self._next_beat()

    def _next_beat(self):
        seconds = 60 / self.beats * (1 + 0.04 * math.sin(self.time * 1.6) + self.dice.gauss(0, 0.02))
        self.speed = 2 * math.pi / max(0.25, seconds) / self.rate

    def sample(self):
        """The next value in mV."""
        self.angle += self.speed
        self.time += 1 / self.rate
        if self.angle > math.pi:
            self.angle -= 2 * math.pi
            self._next_beat()
        value = sum(height * math.exp(-((self.angle - at) / width) ** 2 / 2) for at, height,
                    width in self.waves)
        return value + 0.05 * math.sin(self.time * 1.6) + self.dice.gauss(0, 0.01)

    def samples(self, count):
        return [self.sample() for _ in range(count)]


class Lungs:
    """Pressure (cmH2O) and flow (l/min) of a ventilator that gives breaths of a set pressure."""

    def __init__(self, dice, rate):
        self.dice, self.rate, self.time = dice, rate, 0.0
        self.period, self.inhale = 60 / dice.uniform(10, 22), dice.uniform(0.25, 0.45)
        self.floor, self.peak, self.yields = dice.uniform(3, 8), dice.uniform(14, 28), dice.uniform(0.25, 0.7)

    def sample(self):
        self.time += 1 / self.rate
        at = self.time % self.period
        inhaling = at < self.period * self.inhale
        since = at if inhaling else at - self.period * self.inhale
        fades = math.exp(-since / self.yields)
        swing = (self.peak - self.floor) * fades
        pressure = self.peak - swing if inhaling else self.floor + swing
        flow = (60 if inhaling else -50) * fades
        return pressure + self.dice.gauss(0, 0.2), flow + self.dice.gauss(0, 0.8)

    def samples(self, count):
        return [value for _ in range(count) for value in self.sample()]
