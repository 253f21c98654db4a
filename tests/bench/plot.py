"""A plot of seconds against sizes, both on logarithmic scales, as SVG: `svg([(label, sizes, seconds), …])`."""

import math

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 60, 230, 20, 45
COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
DASHES = {"diff": "", "check": "6 3", "audit": "2 3"}


def svg(lines):
    lines = [(label, [point for point in zip(sizes, seconds) if 0 < point[1] < math.inf]) for label, sizes, seconds in lines]
    points = [point for _, line in lines for point in line]
    widest, tallest = (decades(axis) for axis in zip(*points))
    across = lambda size: LEFT + share(size, widest) * (WIDTH - LEFT - RIGHT)
    down = lambda took: HEIGHT - BOTTOM - share(took, tallest) * (HEIGHT - TOP - BOTTOM)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(widest[0], widest[1] + 1):
        x = across(10**power)
        parts.append(f'<path d="M{x:.0f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(tallest[0], tallest[1] + 1):
        y = down(10**power)
        parts.append(f'<path d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} s</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">size</text>')
    dimensions = list(dict.fromkeys(label.split(": ")[1] for label, _ in lines))
    for place, (label, line) in enumerate(lines):
        command, dimension = label.split(": ")
        style = f'fill="none" stroke="{COLOURS[dimensions.index(dimension)]}" stroke-width="2" stroke-dasharray="{DASHES[command]}"'
        path = "L".join(f"{across(size):.1f} {down(took):.1f}" for size, took in line)
        y = TOP + 10 + place * 20
        parts.append(f'<path d="M{path}" {style}/>')
        parts.append(f'<path d="M{WIDTH - RIGHT + 15} {y}h30" {style}/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 52}" y="{y + 4}">{label}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def decades(values):
    """The powers of ten around all values."""
    return math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))


def share(value, ends):
    """Where between the ends, 0 to 1, a value lies."""
    low, high = ends
    return (math.log10(value) - low) / (high - low)
