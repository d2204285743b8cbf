"""Common English words, which name no concept and tell no two documents apart."""

COMMON = frozenset(
    """
    a about above across after again against all also always am an and any are as at be because been before being
    below between both but by can cannot could did do does doing done down during each either every exactly few first
    for from further get gets had has have having here how i if important in into is it its itself just last least let
    like made make makes many may me might more most much must my need needs neither never new no none nor not note
    now of off old on once one only optional or other others our out over own per required same shall should since so
    some such than that the their them then there these they this those three through to todo too total two under
    until up us use used uses using very warning was we well were what when where whether which while who whose why
    will with within without would yes yet you your
    design designs service services system systems
    zero four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds thousand thousands
    million millions billion billions half third quarter tenth percent second seconds minute minutes hour hours day days
    daily week weeks month months monthly year years number numbers time times example
    """.split()  # noqa: SIM905
)
