from pkg._speed import Quick

x: Quick
