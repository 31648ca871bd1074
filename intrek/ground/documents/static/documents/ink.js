// A signature drawn with a finger, a pen or the mouse: its strokes, in the points of the box, go along with the form. Without a script
// the box is not there, and the typed name stands for the signature.

const PEN = 6;

class Ink {
  constructor(place) {
    this.answer = document.getElementById(place.dataset.ink);
    this.box = place.querySelector("canvas");
    this.pen = this.box.getContext("2d");
    this.strokes = this.before();
    this.stroke = null;
    place.hidden = false;
    this.box.addEventListener("pointerdown", (event) => this.begin(event));
    this.box.addEventListener("pointermove", (event) => this.go(event));
    for (const end of ["pointerup", "pointercancel"]) {
      this.box.addEventListener(end, () => this.end());
    }
    place.querySelector("[data-ink-clear]").addEventListener("click", () => this.clear());
    this.draw();
  }

  // What was drawn when the form came back for another reason.
  before() {
    try {
      const told = JSON.parse(this.answer.value || "[]");
      return Array.isArray(told) ? told : [];
    } catch {
      return [];
    }
  }

  point(event) {
    const box = this.box.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [
      within(((event.clientX - box.left) / box.width) * this.box.width, this.box.width),
      within(((event.clientY - box.top) / box.height) * this.box.height, this.box.height),
    ];
  }

  begin(event) {
    if (event.button !== 0) {
      return;
    }
    event.preventDefault();
    this.box.setPointerCapture(event.pointerId);
    this.stroke = this.point(event);
    this.strokes.push(this.stroke);
    this.draw();
  }

  go(event) {
    if (!this.stroke) {
      return;
    }
    const [x, y] = this.point(event);
    const near = Math.abs(x - this.stroke.at(-2)) + Math.abs(y - this.stroke.at(-1)) < 3;
    if (!near) {
      this.stroke.push(x, y);
      this.draw();
    }
  }

  end() {
    this.stroke = null;
    this.answer.value = this.strokes.length ? JSON.stringify(this.strokes) : "";
  }

  clear() {
    this.strokes = [];
    this.end();
    this.draw();
  }

  draw() {
    this.pen.clearRect(0, 0, this.box.width, this.box.height);
    this.pen.lineWidth = PEN;
    this.pen.lineCap = this.pen.lineJoin = "round";
    this.pen.strokeStyle = getComputedStyle(this.box).color;
    for (const stroke of this.strokes) {
      this.pen.beginPath();
      this.pen.moveTo(stroke[0], stroke[1]);
      for (let at = 0; at < stroke.length; at += 2) {
        this.pen.lineTo(stroke[at], stroke[at + 1]);
      }
      this.pen.stroke();
    }
  }
}

for (const place of document.querySelectorAll("[data-ink]")) {
  new Ink(place);
}
