//! The brackets, lambdas and f-strings that are open, and how deep the expressions in them can be so far.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// `(`, `[`, `{`
    Bracket,
    /// Between `lambda` and its colon.
    Parameters,
    /// Behind the colon of a lambda.
    Body,
    /// An f-string or t-string: text.
    Template,
    /// A field of such a string: code.
    Field,
    /// The format behind the colon of a field: text.
    Format,
}

/// How an f-string ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quotes {
    pub(super) quote: u8,
    pub(super) triple: bool,
}

/// One open construct. The whole file is one that is always open.
#[derive(Clone, Copy)]
struct Frame {
    kind: Kind,
    /// How many nodes a path through the current expression can pass here.
    links: usize,
    /// The deepest construct inside of the current expression.
    inside: usize,
    /// The deepest expression before the current one.
    before: usize,
}

impl Frame {
    fn new(kind: Kind) -> Self {
        Self { kind, links: 0, inside: 0, before: 0 }
    }

    fn height(&self) -> usize {
        self.before.max(self.links + self.inside)
    }
}

pub(super) struct Stack {
    frames: Vec<Frame>,
    /// The quotes of the f-strings that are open.
    quotes: Vec<Quotes>,
    /// The links of all frames.
    links: usize,
    /// How many of the frames are not lambdas.
    brackets: usize,
}

impl Default for Stack {
    fn default() -> Self {
        Self { frames: vec![Frame::new(Kind::Bracket)], quotes: Vec::new(), links: 0, brackets: 0 }
    }
}

impl Stack {
    fn top(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the frame of the file stays")
    }

    fn kind(&self) -> Kind {
        self.frames.last().expect("the frame of the file stays").kind
    }

    /// How deep the place that is read now can be, or what has just been closed there.
    pub(super) fn depth(&self) -> usize {
        self.links + self.frames.last().map_or(0, |frame| frame.inside)
    }

    pub(super) fn is_in_brackets(&self) -> bool {
        self.brackets > 0
    }

    /// Whether what follows is text of an f-string, and not code.
    pub(super) fn is_in_text(&self) -> bool {
        matches!(self.kind(), Kind::Template | Kind::Format)
    }

    pub(super) fn is_in_format(&self) -> bool {
        self.kind() == Kind::Format
    }

    /// The quotes of the innermost f-string.
    pub(super) fn quotes(&self) -> Option<Quotes> {
        self.quotes.last().copied()
    }

    /// An operator, a dot: one more node on a path.
    pub(super) fn link(&mut self) {
        self.top().links += 1;
        self.links += 1;
    }

    pub(super) fn open(&mut self, kind: Kind) {
        self.link();
        self.frames.push(Frame::new(kind));
        self.brackets += usize::from(!matches!(kind, Kind::Parameters));
    }

    pub(super) fn open_template(&mut self, quotes: Quotes) {
        self.quotes.push(quotes);
        self.open(Kind::Template);
    }

    /// Closes the lambdas that end here, then the construct itself, if it is of this kind.
    pub(super) fn close(&mut self, kind: Kind) {
        self.close_bodies();
        if self.kind() == kind && self.frames.len() > 1 {
            self.pop();
        }
    }

    /// `}` ends a field, or what `{` has opened.
    pub(super) fn close_brace(&mut self) {
        self.close_bodies();
        match self.kind() {
            Kind::Field => self.pop(),
            _ => self.close(Kind::Bracket),
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.links -= frame.links;
        self.brackets -= usize::from(!matches!(frame.kind, Kind::Parameters | Kind::Body));
        if frame.kind == Kind::Template {
            self.quotes.pop();
        }
        let outer = self.top();
        outer.inside = outer.inside.max(frame.height());
    }

    fn close_bodies(&mut self) {
        while matches!(self.kind(), Kind::Body | Kind::Parameters) {
            self.pop();
        }
    }

    /// A comma ends an expression, and a lambda that stands in front of it; in the parameters of a lambda it does not.
    pub(super) fn comma(&mut self) {
        while self.kind() == Kind::Body {
            self.pop();
        }
        self.separate();
    }

    /// The next expression begins beside the last.
    pub(super) fn separate(&mut self) {
        let frame = self.top();
        frame.before = frame.height();
        let links = std::mem::take(&mut frame.links);
        frame.inside = 0;
        self.links -= links;
    }

    /// A colon begins the body of a lambda or the format of a field, and ends the lambdas in front of it.
    pub(super) fn colon(&mut self) {
        while self.kind() == Kind::Body {
            self.pop();
        }
        let top = self.top();
        match top.kind {
            Kind::Parameters => top.kind = Kind::Body,
            Kind::Field => top.kind = Kind::Format,
            _ => {}
        }
    }

    /// Ends the text that is read: `}` behind a format, or the end of an f-string with all that is left open in it.
    pub(super) fn close_text(&mut self) {
        if self.frames.len() > 1 {
            self.pop();
        }
    }

    /// Ends the innermost f-string.
    pub(super) fn close_template(&mut self) {
        while self.frames.len() > 1 && !matches!(self.kind(), Kind::Template) {
            self.pop();
        }
        self.close_text();
    }

    /// The next statement begins.
    pub(super) fn clear(&mut self) {
        self.frames.truncate(1);
        self.frames[0] = Frame::new(Kind::Bracket);
        self.quotes.clear();
        (self.links, self.brackets) = (0, 0);
    }
}
