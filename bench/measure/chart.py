"""Line charts as SVG."""

import math
from html import escape

COLOURS = {"kassa": "#0b6e4f", "h2": "#5fad56", "each": "#c0392b", "group": "#e59866"}
WIDTH, HEIGHT = 420, 260
LEFT, TOP, BOTTOM = 64, 34, 44


def steps(highest):
    """Round values from 0 to at least the highest one."""
    size = 10 ** math.floor(math.log10(max(highest, 1)))
    step = next(size * factor for factor in (0.2, 0.5, 1, 2) if highest / (size * factor) <= 6)
    return [step * i for i in range(math.ceil(highest / step) + 1)]


def powers(lowest, highest):
    return [10.0**e for e in range(math.floor(math.log10(max(lowest, 0.1))), max(1, math.ceil(math.log10(highest))) + 1)]


def panel(title, x_title, series, x_offset=0, logarithmic=False):
    """One panel. series: name -> (key of the colour, list of points)."""
    xs = [x for _, points in series.values() for x, _ in points]
    ys = [y for _, points in series.values() for _, y in points]
    x_ticks, y_ticks = steps(max(xs)), powers(min(ys), max(ys)) if logarithmic else steps(max(ys))
    right, floor = WIDTH - 16, HEIGHT - BOTTOM

    def x_of(x):
        return x_offset + LEFT + (right - LEFT) * x / x_ticks[-1]

    def y_of(y):
        if logarithmic:
            low, high = math.log10(y_ticks[0]), math.log10(y_ticks[-1])
            part = (math.log10(max(y, y_ticks[0])) - low) / (high - low)
        else:
            part = y / y_ticks[-1]
        return floor - (floor - TOP) * part

    out = [f'<text x="{x_offset + LEFT}" y="20" font-weight="bold">{escape(title)}</text>',
           f'<text x="{x_offset + (LEFT + right) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_title)}</text>']
    for y in y_ticks:
        out.append(f'<line x1="{x_offset + LEFT}" x2="{x_offset + right}" y1="{y_of(y):.1f}" y2="{y_of(y):.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{x_offset + LEFT - 6}" y="{y_of(y) + 4:.1f}" text-anchor="end">{y:,.10g}</text>')
    for x in x_ticks:
        out.append(f'<text x="{x_of(x):.1f}" y="{floor + 16}" text-anchor="middle">{x:,.10g}</text>')
    for colour, points in series.values():
        line = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[colour]}" stroke-width="2"/>')
        out.extend(f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="2.5" fill="{COLOURS[colour]}"/>' for x, y in points)
    return out


def document(description, panels, series):
    """A picture of panels side by side, with one legend below."""
    legend, x, y, width = [], LEFT, HEIGHT + 12, WIDTH * len(panels)
    for name, (colour, _) in series.items():
        if x > LEFT and x + 7 * len(name) > width:
            x, y = LEFT, y + 16
        legend.append(f'<rect x="{x}" y="{y - 6}" width="14" height="4" fill="{COLOURS[colour]}"/><text x="{x + 19}" y="{y}">{escape(name)}</text>')
        x += 40 + 7 * len(name)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {y + 14}" width="{width}" height="{y + 14}" '
           f'role="img" font-family="sans-serif" font-size="11"><title>{escape(description)}</title>',
           f'<rect width="{width}" height="{y + 14}" fill="white"/>']
    for lines in panels:
        out.extend(lines)
    return "\n".join([*out, *legend, "</svg>", ""])


def offered_load(curves, names):
    """Rate and P99 over the offered load."""
    def series(key):
        return {names[name]: (name, [(point["offered"], point[key]) for point in points]) for name, points in curves.items()}

    return document("Placed orders per second, and P99 of placed orders, over the offered load",
                    [panel("Placed orders/s", "offered orders/s", series("rate")),
                     panel("P99 of placed orders, ms", "offered orders/s", series("p99"), WIDTH, logarithmic=True)], series("rate"))


def after_start(windows, names):
    """Orders of each second after a start."""
    series = {names[name]: (name, list(enumerate(counts[:-1], 1))) for name, counts in windows.items()}
    return document("Placed orders in each second after a start", [panel("Orders/s", "seconds after the start", series)], series)
