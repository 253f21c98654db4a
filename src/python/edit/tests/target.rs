//! Assignments that lose a target.

use super::super::Own;
use super::harness::case;

#[test]
fn a_chained_assignment_loses_a_target() {
    for (before, dropped, after) in [
        ("»A = Old = New\n", vec![1], "A = New\n"),
        ("»Old = A = New  # c\n", vec![0], "A = New  # c\n"),
        ("»A = Old = Older = New\n", vec![1, 2], "A = New\n"),
        ("»Old = A = Older = New\n", vec![0, 2], "A = New\n"),
        ("»A = Old = (\n    New\n)\n", vec![1], "A = (\n    New\n)\n"),
        ("»A = Old = \\\n    New\n", vec![1], "A = New\n"),
        ("»A, B = Old = pair()\n", vec![1], "A, B = pair()\n"),
        ("x; »(A) = Old = New; y\n", vec![1], "x; (A) = New; y\n"),
    ] {
        case(before).own(Own::DropTargets(dropped)).gives(after);
    }
    case("»Old = New\n").own(Own::DropTargets(vec![0])).refused();
    case("»Old: T = New\n").own(Own::DropTargets(vec![0])).refused();
    case("»A = Old = New\n").own(Own::DropTargets(vec![2])).refused();
    case("»f(Old)\n").own(Own::DropTargets(vec![0])).refused();
}

#[test]
fn a_tuple_assignment_loses_an_element_on_both_sides() {
    for (before, dropped, after) in [
        ("»Old, B = New, C\n", vec![0], "B = C\n"),
        ("»A, Old = X, New  # c\n", vec![1], "A = X  # c\n"),
        ("»A, Old, B = X, New, Y\n", vec![1], "A, B = X, Y\n"),
        ("»(A, Old, B) = (X, New, Y)\n", vec![1], "(A, B) = (X, Y)\n"),
        ("»(Old, B) = [New, C]\n", vec![0], "B = C\n"),
        ("»A, Old, B = (\n    X,\n    New,  # new\n    Y,\n)\n", vec![1], "A, B = (\n    X,\n    Y,\n)\n"),
        ("»A, Old, = X, New,\n", vec![1], "A = X\n"),
    ] {
        case(before).own(Own::DropElements(dropped)).gives(after);
    }
    case("»Old, B = pair\n").own(Own::DropElements(vec![0])).refused();
    case("»Old, *B = New, C\n").own(Own::DropElements(vec![0])).refused();
    case("»Old, B = New, C\n").own(Own::DropElements(vec![0, 1])).refused();
    case("»Old, B = New, C, D\n").own(Own::DropElements(vec![0])).refused();
}
