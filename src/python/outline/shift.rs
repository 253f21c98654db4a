//! Outlines of a stretch of a text, told at the places where that stands in the whole.

use super::{ClassOutline, Member, MemberShape, Outline, Parameter, Part, Routine};
use crate::text::Span;

/// How far the places of a stretch are from those of the whole.
#[derive(Clone, Copy)]
pub(super) struct Shift {
    pub forward: u32,
    pub back: u32,
}

impl Shift {
    pub(super) fn outline(self, outline: &mut Outline) {
        match outline {
            Outline::Class(class) => self.class(class),
            Outline::Function(routine) => self.routine(routine),
        }
    }

    fn class(self, ClassOutline { decorators, keywords, header, members }: &mut ClassOutline) {
        self.parts(decorators.iter_mut().chain(keywords));
        self.span(header);
        members.iter_mut().for_each(|member| self.member(member));
    }

    fn member(self, Member { span, shape, .. }: &mut Member) {
        self.span(span);
        match shape {
            MemberShape::Method(routine) => self.routine(routine),
            MemberShape::Attribute(value) => self.parts(value),
            MemberShape::Instance | MemberShape::Nested => {}
        }
    }

    fn routine(self, Routine { decorators, parameters, header, body, .. }: &mut Routine) {
        self.parts(decorators.iter_mut().chain([body]));
        self.span(header);
        for Parameter { span, default, .. } in parameters {
            self.span(span);
            self.parts(default);
        }
    }

    fn parts<'p>(self, parts: impl IntoIterator<Item = &'p mut Part>) {
        parts.into_iter().for_each(|part| self.span(&mut part.span));
    }

    fn span(self, span: &mut Span) {
        let moved = |place: u32| place + self.forward - self.back;
        *span = Span { start: moved(span.start), end: moved(span.end) };
    }
}
